/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.Site;
import dev.portcullis.it.frameworks.Callers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged JAR in an application with CDI, by Weld. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TomcatCdiIT {

  private static Callers callers;

  @Deployment(testable = false)
  static WebArchive webapp() throws IOException {
    callers = Callers.known();
    Map<String, String> settings = new TreeMap<>(callers.settings());
    settings.put("paths.optional", "/orders/token, /orders/attribute");
    return Callers.war("cdi", settings);
  }

  @AfterAll
  static void stop() throws IOException {
    callers.close();
  }

  @ParameterizedTest
  @DisplayName(
      "IDN: an injected token is that of the request, also in a bean that outlives requests")
  @CsvSource({
    Callers.MANAGER + ", orders of alice",
    Callers.CLERK + ", orders of bob",
    Callers.PROGRAM + ", orders of client:alice",
    Callers.MANAGER + ", orders of alice"
  })
  void producedToken_isThatOfTheRequest(String token, String answer) throws IOException {
    assertAnswer(answer, "", token);
  }

  @Test
  @DisplayName("An injected token has the attributes of the answer")
  void producedToken_hasAttributes() throws IOException {
    assertAnswer("north", "/tenant", Callers.CLERK);
  }

  /** The manual tells this, as it is: see identity.md. */
  @ParameterizedTest
  @DisplayName(
      "What Weld injects itself: of the request the attribute tells who calls, nothing else")
  @CsvSource({
    "attribute, bob",
    "token, bob",
    "request, null",
    "user, null",
    "role, false",
    "principal, UnsatisfiedResolutionException"
  })
  void injectedRequest_isThatOfTheContainer(String which, String answer) throws IOException {
    assertAnswer(answer, "/" + which, Callers.CLERK);
  }

  @Test
  @DisplayName("Without a token there is none to inject")
  void missingToken_isNoneToInject() throws IOException {
    assertEquals(401, get("", "X: y").status());
    assertEquals("null", get("/attribute", "X: y").body());
    assertEquals("IllegalProductException", get("/token", "X: y").body());
  }

  private static void assertAnswer(String text, String path, String token) throws IOException {
    Response response = get(path, Site.bearer(token));
    assertEquals(200, response.status(), response::toString);
    assertEquals(text, response.body());
  }

  private static Response get(String path, String field) throws IOException {
    return RawHttp.get(Integer.getInteger("tomcat.port"), Site.CONTEXT + "/orders" + path, field);
  }
}
