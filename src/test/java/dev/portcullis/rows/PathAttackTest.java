/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.EchoServlet;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spellings of a path by which a caller without a token tries to reach what is protected. */
class PathAttackTest {

  private static final List<String> TARGETS =
      List.of(
          "/admin/x",
          "/admin",
          "//admin/x",
          "/./admin/x",
          "/admin;x/y",
          "/admin;/x",
          "/;/admin/x",
          "/%61dmin/x",
          "/admin%2fx",
          "/admin%252fx",
          "/public/../admin/x",
          "/public/..;/admin/x",
          "/public/..;x=1/admin/x",
          "/public/%2e%2e/admin/x",
          "/public/%2e%2e%2fadmin/x",
          "/public/%252e%252e/admin/x",
          "/public/.%2e/admin/x",
          "/public/..%2fadmin/x",
          "/public/..%5cadmin/x",
          "/public//../admin/x",
          "/public//../../admin/x",
          "/public/;/../../admin/x",
          "/public/x;/../../admin/x",
          "/public/..%00/admin/x",
          "/public/..\\admin/x",
          "/public\\..\\admin/x",
          "/admin/x?/public/x",
          "/admin/x#/public/x",
          "/admin/x;/public/x",
          "/admin/x%3f/public/x",
          "/admin/x%23/public/x",
          "/public/%u002e%u002e/admin/x",
          "/public/%c0%ae%c0%ae/admin/x",
          "/admin/%c0%afx",
          "/ADMIN/x",
          "http://localhost/admin/x",
          "http://localhost/public/../admin/x",
          "http://localhost//admin/x",
          "http://evil.example/public/x/../../admin/x",
          "http://localhost/public/@/../../admin/x",
          "*",
          "admin/x");

  @ParameterizedTest
  @ValueSource(strings = {"DEFAULT", "RFC3986", "LEGACY", "UNSAFE"})
  @DisplayName("ERR-10: however a path is spelled, nobody gets in")
  void spelling_opensNothing(String compliance) throws Exception {
    EchoServlet page = new EchoServlet();
    List<String> inside = new ArrayList<>();
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      TestingApplication.Builder builder =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("paths.excluded", "/public/*")
              .serving("/admin/*", page);
      builder.http().setUriCompliance(UriCompliance.from(compliance));
      try (TestingApplication application = builder.start()) {
        for (String target : TARGETS) {
          for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "get")) {
            int status = status(application.port(), method, target);
            if (page.calls() > inside.size()) {
              inside.add(method + " " + target + " " + status);
            }
          }
        }
        assertEquals(List.of(), inside);
        assertTrue(RawHttp.get(application.port(), "/public/x").status() == 200);
      }
    }
  }

  private static int status(int port, String method, String target) throws Exception {
    try (RawHttp http = new RawHttp(port)) {
      return http.sendAsItStands(
              method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
          .status();
    }
  }
}
