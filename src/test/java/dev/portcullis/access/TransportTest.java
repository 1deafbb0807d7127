/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.oauth.ResourceRequest.Statement;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransportTest {

  private static final Connection LOCAL =
      new Connection(false, "127.0.0.1", "http", "localhost", 8080, Optional.empty());

  private final Transport transport = new Transport(true);

  @Test
  @DisplayName("FLD-72: a loopback peer is exempt only if no proxy says anything of the connection")
  void loopbackPeer_isExemptIfItIsDirect() throws Exception {
    transport.check(LOCAL);
    Connection forwarded = LOCAL.with(Statement.READ);
    assertEquals(
        Reason.HTTPS_REQUIRED,
        assertThrows(RefusedException.class, () -> transport.check(forwarded)).reason());
    transport.check(
        new Connection(
            true, "127.0.0.1", "https", "localhost", 8443, Optional.empty(), Statement.READ));
    new Transport(false).check(forwarded);
  }
}
