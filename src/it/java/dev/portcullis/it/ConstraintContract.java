/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp.Response;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * In every container: what {@code web.xml} demands of callers by a {@code security-constraint}
 * (Servlet 6.0 section 13.8), which the container judges before any filter.
 */
public interface ConstraintContract {

  /** Where the application is served. */
  Site site();

  /** The container knows no caller, since no filter has run yet. */
  @Test
  @DisplayName("A security-constraint does not see the identity, and lets nobody pass")
  default void constrainedPath_isClosedByTheContainer() throws Exception {
    AuditFile audit = site().webapp().audit();
    int before = audit.size();
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    for (Response response :
        List.of(
            site().get(GuardedWebapp.CONSTRAINED),
            site().getWith(token, GuardedWebapp.CONSTRAINED))) {
      assertEquals(403, response.status(), response::toString);
      assertEquals(List.of(), response.challenges());
      assertFalse(response.body().contains("principal="), response::toString);
    }
    assertEquals(List.of(), audit.awaitAfter(before, "request", 0));
  }
}
