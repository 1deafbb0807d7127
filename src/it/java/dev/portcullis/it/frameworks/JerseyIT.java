/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.frameworks;

import static dev.portcullis.it.frameworks.Callers.CLERK;
import static dev.portcullis.it.frameworks.Callers.PROGRAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.JettyProcess;
import dev.portcullis.it.Site;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The packaged JAR in a Jakarta REST application with Jersey, in Jetty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JerseyIT implements OrdersContract {

  private Callers callers;
  private JettyProcess jetty;

  @BeforeAll
  void start() throws IOException {
    callers = Callers.known();
    jetty =
        JettyProcess.start(
            "jetty12.0.home", "ee10", Callers.war("jakarta-rest", callers.settings()));
  }

  @AfterAll
  void stop() throws IOException {
    jetty.close();
    callers.close();
  }

  @Override
  public int port() {
    return jetty.port();
  }

  @Override
  public String base() {
    return Site.CONTEXT + "/api";
  }

  @Test
  @DisplayName("SecurityContext.isUserInRole is by the token")
  void roleAskedInCode_isThatOfTheToken() throws IOException {
    assertAnswer("taken back by bob", send("POST", "/orders/return", CLERK));
    assertEquals(403, send("POST", "/orders/return", PROGRAM).status());
  }

  @Test
  @DisplayName("HTTP-13: an error of the application keeps its status")
  void errorOfTheApplication_keepsItsStatus() throws IOException {
    Response response = send("GET", "/nothing", CLERK);

    assertEquals(404, response.status(), response::toString);
  }
}
