/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In every container: the ways inside the application, by the dispatches that the mapping names.
 */
public interface DispatchContract {

  /** Where the application is served. */
  Site site();

  /** An open page is no way in. */
  @Test
  @DisplayName("A forward to a guarded place is judged (HTTP-11)")
  default void forwardWithoutToken_isRefused() throws Exception {
    Refusal.UNAUTHENTICATED.expect(
        site(),
        "token_missing",
        () -> site().get(GuardedWebapp.DISPATCH + "?forward:/guarded/echo"));
  }

  /** What is included has no status of its own. */
  @Test
  @DisplayName("An include of a guarded place fails (HTTP-11)")
  default void includeWithoutToken_fails() throws Exception {
    Response response = site().get(GuardedWebapp.DISPATCH + "?include:/guarded/echo");

    assertEquals(500, response.status());
    assertFalse(response.body().contains("principal="), response::toString);
  }

  /** Identity comes along. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async"})
  @DisplayName("A granted request keeps its identity over dispatches (HTTP-14, HTTP-15)")
  default void grantedRequest_keepsItsIdentity(String way) throws Exception {
    AuditFile audit = site().webapp().audit();
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    int before = audit.size();

    Response response =
        site().getWith(token, "/guarded/dispatch?" + way + ":" + GuardedWebapp.ECHO);

    assertEquals(200, response.status(), response::toString);
    assertTrue(response.body().contains("principal=client:demo\n"), response::toString);
    assertEquals("200", audit.awaitAfter(before, "request", 1).get(0).get("responseCode"));
    assertEquals(1, audit.awaitAfter(before, "as-request", 1).size());
  }

  /** Without asking again. */
  @ParameterizedTest
  @ValueSource(strings = {"forward", "async"})
  @DisplayName("A place that needs more is judged again (HTTP-12)")
  default void stricterPlace_isJudgedAgain(String way) throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    Refusal.insufficientScope("orders:write")
        .expect(
            site(),
            "scope_missing",
            () -> site().getWith(token, "/guarded/dispatch?" + way + ":" + GuardedWebapp.WRITE));
  }
}
