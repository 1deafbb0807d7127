/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.frameworks;

import static dev.portcullis.it.frameworks.Callers.CLERK;
import static dev.portcullis.it.frameworks.Callers.GUEST;
import static dev.portcullis.it.frameworks.Callers.MANAGER;
import static dev.portcullis.it.frameworks.Callers.PROGRAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.Site;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every application about orders shows of its caller, in the idiom of its framework. */
public interface OrdersContract {

  /** Where it listens on the loopback interface. */
  int port();

  /** What its paths begin with. */
  String base();

  @Test
  @DisplayName("No token: 401, and the application is not asked")
  default void noToken_isRefused() throws IOException {
    Response response = RawHttp.get(port(), base() + "/orders");

    assertEquals(401, response.status(), response::toString);
    assertEquals(List.of("Bearer realm=\"api\""), response.challenges());
    assertEquals("", response.body());
  }

  @Test
  @DisplayName("A scope is missing: 403 with the challenge that names it")
  default void missingScope_isRefusedWithChallenge() throws IOException {
    Response response = send("GET", "/orders", GUEST);

    assertEquals(403, response.status(), response::toString);
    String challenge = response.header("WWW-Authenticate");
    assertTrue(challenge.contains("error=\"insufficient_scope\""), challenge);
    assertTrue(challenge.contains("scope=\"orders:read\""), challenge);
  }

  @ParameterizedTest
  @CsvSource({MANAGER + ",alice", CLERK + ",bob"})
  @DisplayName("The principal is the user of the token")
  default void principal_isTheUser(String token, String name) throws IOException {
    assertAnswer("orders of " + name, send("GET", "/orders", token));
  }

  @Test
  @DisplayName("INT-26: a client that is called like a user is not that user")
  default void principalOfAProgram_isNoUser() throws IOException {
    assertAnswer("orders of client:alice", send("GET", "/orders", PROGRAM));
  }

  @Test
  @DisplayName("The token itself is at hand")
  default void token_tellsItsAttributes() throws IOException {
    Response response = send("GET", "/orders/tenant", MANAGER);

    assertTrue(response.body().matches("north|\\[\"north\"]"), response::toString);
  }

  @Test
  @DisplayName("Who has the role passes")
  default void roleOfTheToken_opens() throws IOException {
    assertAnswer("approved by alice", send("POST", "/orders/approval", MANAGER));
  }

  @ParameterizedTest
  @CsvSource({CLERK, PROGRAM})
  @DisplayName("Who does not have the role gets the application's own 403, without a challenge")
  default void missingRole_isForbiddenByTheApplication(String token) throws IOException {
    Response response = send("POST", "/orders/approval", token);

    assertEquals(403, response.status(), response::toString);
    assertEquals(List.of(), response.challenges());
  }

  @Test
  @DisplayName("HTTP-16: an asynchronous answer")
  default void asynchronousAnswer_isGiven() throws IOException {
    assertAnswer("report for bob", send("GET", "/orders/report", CLERK));
  }

  /** The answer must be 200 with this text. */
  default void assertAnswer(String text, Response response) {
    assertEquals(200, response.status(), response::toString);
    assertEquals(text, response.body());
  }

  /** Sends a request with a token. */
  default Response send(String method, String path, String token) throws IOException {
    return RawHttp.request(port(), method, base() + path, Site.bearer(token));
  }
}
