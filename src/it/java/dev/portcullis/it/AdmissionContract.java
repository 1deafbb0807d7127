/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In every container: who has a token gets in, and the application knows who that is. */
public interface AdmissionContract {

  /** Where the application is served. */
  Site site();

  /** No token is needed where none is asked for. */
  @Test
  default void excludedPath_isServed() throws Exception {
    Response response = site().get(GuardedWebapp.OPEN);

    assertEquals(200, response.status());
    assertEquals(GuardedWebapp.OPEN_TEXT, response.body());
  }

  /** The application sees the caller, whatever the token looks like. */
  @ParameterizedTest
  @EnumSource(
      value = TokenClient.class,
      names = {"OPAQUE", "JWT"})
  @DisplayName("A token of Spring Authorization Server passes (BRR-01, INT-26, INT-30)")
  default void goodToken_passesWithItsIdentity(TokenClient client) throws Exception {
    String token = site().server().token(client, "orders:read", "orders:admin");

    Response response = site().getWith(token, GuardedWebapp.ECHO);

    assertEquals(200, response.status(), response::toString);
    List<String> seen = response.body().lines().toList();
    assertAll(
        response.body(),
        () -> assertEquals(List.of(), response.challenges()),
        () -> assertEquals("principal=client:" + client.id(), seen.get(1)),
        () -> assertEquals("user=null", seen.get(2)),
        () -> assertEquals("auth=Bearer", seen.get(3)),
        () -> assertEquals("clerk=true", seen.get(4)),
        () -> assertEquals("client=" + client.id(), seen.get(6)),
        () -> assertEquals("scopes=orders:admin orders:read", sorted(seen.get(7))));
  }

  /** A request and the question that it led to are recorded, and belong together. */
  @Test
  @DisplayName("What passed is recorded, without the token")
  default void goodToken_isRecorded() throws Exception {
    AuditFile audit = site().webapp().audit();
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    int before = audit.size();

    Response response = site().getWith(token, GuardedWebapp.ECHO);

    AuditFile.Entry entry = audit.awaitAfter(before, "request", 1).get(0);
    AuditFile.Entry question = audit.awaitAfter(before, "as-request", 1).get(0);
    String exchange = response.body().lines().toList().get(5);
    assertAll(
        entry.json() + question.json(),
        () -> assertEquals(exchange, "exchange=" + entry.get("exchangeId")),
        () -> assertEquals("allowed", entry.get("outcome")),
        () -> assertEquals("200", entry.get("responseCode")),
        () -> assertEquals("OAuth-Bearer", entry.get("authMech")),
        () -> assertEquals("introspection", entry.get("tokenSource")),
        () -> assertEquals("demo", entry.get("clientId")),
        () -> assertEquals("[\"orders:read\"]", entry.get("scopes")),
        () -> assertEquals("Guarded", entry.get("applicationName")),
        () -> assertEquals("asking", entry.get("resourceName")),
        () -> assertEquals(Site.CONTEXT, entry.get("pathPrefix")),
        () -> assertEquals(entry.get("exchangeId"), question.get("exchangeId")),
        () -> assertEquals(entry.get("trackingId"), question.get("trackingId")),
        () -> assertEquals("active", question.get("outcome")),
        () -> assertFalse(audit.text().contains(token)),
        () -> assertFalse(audit.text().contains(site().server().secret())));
  }

  /** Behind a filter that remembers, the second request asks nobody. */
  @Test
  @DisplayName("A token seen before is answered from memory (CAC-01)")
  default void rememberedToken_isNotAskedAbout() throws Exception {
    AuditFile audit = site().webapp().audit();
    String token = site().server().token(TokenClient.JWT, "orders:read");
    int before = audit.size();

    assertEquals(200, site().getWith(token, GuardedWebapp.CACHED).status());
    assertEquals(200, site().getWith(token, GuardedWebapp.CACHED).status());

    List<String> sources =
        audit.awaitAfter(before, "request", 2).stream().map(e -> e.get("tokenSource")).toList();
    assertEquals(List.of("introspection", "cache"), sources);
    assertEquals(1, audit.awaitAfter(before, "as-request", 1).size());
  }

  /** A connection that once carried a good token is worth nothing. */
  @Test
  @DisplayName("Each request is judged on its own (BRR-23)")
  default void secondRequestOfConnection_needsItsOwnToken() throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    String echo = Site.CONTEXT + GuardedWebapp.ECHO;

    try (RawHttp http = site().connect()) {
      assertEquals(200, http.send("GET", echo, Site.bearer(token)).status());
      Refusal.UNAUTHENTICATED.matches(http.send("GET", echo));
    }
  }

  /** The filter keeps out of what the application answers. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 503})
  @DisplayName("The application's own errors get its error page (ERR-16, HTTP-13)")
  default void errorOfApplication_isLeftToErrorPage(int status) throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    Response response = site().getWith(token, GuardedWebapp.ERROR + "?" + status);

    assertEquals(status, response.status());
    assertEquals("error page " + status, response.body());
    assertEquals(List.of("Custom"), response.challenges());
  }

  private static String sorted(String line) {
    String[] parts = line.split("=", 2);
    return parts[0]
        + "="
        + String.join(" ", List.of(parts[1].split(" ")).stream().sorted().toList());
  }
}
