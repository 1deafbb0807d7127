/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In every container: a request has one audit entry, whichever way it ends. */
public interface EndingContract {

  /** How often each ending is tried. */
  int ROUNDS = 20;

  /** Where the application is served. */
  Site site();

  /** With no trace left in the trail, which lets nothing pass that it cannot record. */
  @ParameterizedTest
  @EnumSource
  @DisplayName("One entry at the end, with its status (FLD-70, FLD-80)")
  default void ending_isRecordedOnce(Ending ending) throws Exception {
    String line = Site.bearer(site().server().token(TokenClient.OPAQUE, "orders:read"));
    AuditFile audit = site().webapp().strictAudit();
    String path = Site.CONTEXT + GuardedWebapp.ENDING + "/" + ending;
    for (int round = 1; round <= ROUNDS; round++) {
      ending.ask(site().port(), path, line);
      audit.awaitOf(path, round);
    }
    String last = path + "/last";
    Ending.RETURNS.ask(site().port(), last, line);
    audit.awaitOf(last, 1);

    List<String> statuses =
        audit.awaitOf(path, ROUNDS).stream().map(entry -> entry.get("responseCode")).toList();
    assertEquals(Collections.nCopies(ROUNDS, Integer.toString(ending.status())), statuses);
  }
}
