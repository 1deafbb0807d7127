/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the application sees token and proof. */
class HiddenCredentialsTest {

  @ParameterizedTest
  @DisplayName("Settings 3.10: the fields are there, or as if they had never been")
  @CsvSource({
    "false, /r, Bearer good, '[Bearer good] [7] true true 7'",
    "true,  /r, Bearer good, '[] [] false false -1'",
    "true,  /open, Bearer good, '[] [] false false -1'",
    "true,  /open, Basic x, '[Basic x] [7] true true 7'"
  })
  void fields_areHiddenWhereTheyWereUsed(
      String isHidden, String path, String authorization, String seen) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      server.token("good", "{\"active\":true}");
      try (TestingApplication application =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("request.hide-credentials", isHidden)
              .with("paths.optional", "/open")
              .serving("/", new Fields())
              .start()) {
        RawHttp.Response response =
            application.get(path, "authorization: " + authorization, "dPoP: 7", "X: 8");
        assertEquals(seen + " 8 [8] 8", response.body());
      }
    }
  }

  @ParameterizedTest
  @DisplayName("Settings 3.10: a date is no way to see them either")
  @CsvSource({"false, 7000 7000", "true, -1 7000"})
  void dates_areHiddenToo(String isHidden, String seen) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain()) {
      server.token("good", "{\"active\":true}");
      try (TestingApplication application =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("request.hide-credentials", isHidden)
              .serving("/", new Dates())
              .start()) {
        String date = ": Thu, 01 Jan 1970 00:00:07 GMT";
        RawHttp.Response response =
            application.get("/r", "Authorization: Bearer good", "DPoP" + date, "X" + date);
        assertEquals(seen, response.body());
      }
    }
  }

  /** Answers with what it sees of two fields that are dates. */
  private static final class Dates extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(request.getDateHeader("dpop") + " " + request.getDateHeader("x"));
    }
  }

  /** Answers with what it sees of the fields. */
  private static final class Fields extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      TreeSet<String> names = new TreeSet<>();
      for (String name : Collections.list(request.getHeaderNames())) {
        names.add(name.toLowerCase(Locale.ROOT));
      }
      List<String> authorization = Collections.list(request.getHeaders("Authorization"));
      if (authorization.isEmpty() == (request.getHeader("AUTHORIZATION") != null)) {
        throw new IllegalStateException("the methods differ");
      }
      response
          .getWriter()
          .print(
              authorization
                  + " "
                  + Collections.list(request.getHeaders("DPoP"))
                  + " "
                  + names.contains("authorization")
                  + " "
                  + names.contains("dpop")
                  + " "
                  + request.getIntHeader("DPoP")
                  + " "
                  + request.getHeader("x")
                  + " "
                  + Collections.list(request.getHeaders("x"))
                  + " "
                  + request.getIntHeader("x"));
    }
  }
}
