/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens travel over TLS only. */
class SecureTransportTest {

  private static final String CREDENTIALS = "Authorization: Bearer s3cret-17";

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7", "2001:db8::1", "128.0.0.1"})
  @DisplayName("BRR-20: in the clear from elsewhere")
  void requestInTheClear_isDenied(String peer) throws Exception {
    try (Api api = Api.start(builder -> builder.behind(comingFrom(peer, false)))) {
      api.server().token("s3cret-17", "{\"active\":true}");
      Observed observed = api.get("/r", CREDENTIALS).isDenied(Reason.HTTPS_REQUIRED, 0);
      observed.tellsNowhere("s3cret-17");
      assertEquals("require.https", observed.audited(AuditField.FAILED_RULE_NAME));
      assertEquals(peer, observed.audited(AuditField.CLIENT));
      assertTrue(observed.log().toString().contains("require.https"), observed.toString());
      Observed again = api.get("/r", CREDENTIALS).isDenied(Reason.HTTPS_REQUIRED, 0);
      assertEquals(0, again.log().size(), again.log().toString()); // said once
    }
  }

  @Test
  @DisplayName("BRR-20: also without a token, and with what nobody was asked to trust")
  void requestInTheClear_isDeniedWhateverItSays() throws Exception {
    try (Api api = Api.start(builder -> builder.behind(comingFrom("192.0.2.7", false)))) {
      api.server().token("s3cret-17", "{\"active\":true}");
      api.get("/r").isDenied(Reason.HTTPS_REQUIRED, 0);
      api.get("/r", CREDENTIALS, "X-Forwarded-Proto: https", "Forwarded: proto=https")
          .isDenied(Reason.HTTPS_REQUIRED, 0);
      api.get("/r", CREDENTIALS, "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https")
          .isDenied(Reason.HTTPS_REQUIRED, 0);
    }
  }

  @Test
  @DisplayName("BRR-20: over TLS from elsewhere")
  void secureRequest_passes() throws Exception {
    try (Api api = Api.start(builder -> builder.behind(comingFrom("192.0.2.7", true)))) {
      api.server().token("s3cret-17", "{\"active\":true}");
      api.get("/r", CREDENTIALS).isPassed(1);
    }
  }

  @Test
  @DisplayName("BRR-20: in the clear where that is allowed")
  void requestInTheClear_passesIfAllowed() throws Exception {
    try (Api api =
        Api.start(
            builder ->
                builder.with("require.https", "false").behind(comingFrom("192.0.2.7", false)))) {
      api.server().token("s3cret-17", "{\"active\":true}");
      api.get("/r", CREDENTIALS).isPassed(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1"})
  @DisplayName("BRR-20: in the clear on the same machine")
  void requestFromLoopback_passes(String peer) throws Exception {
    try (Api api = Api.start(builder -> builder.behind(comingFrom(peer, false)))) {
      api.server().token("s3cret-17", "{\"active\":true}");
      api.get("/r", CREDENTIALS).isPassed(1);
    }
  }

  private static Disguise comingFrom(String peer, boolean isSecure) {
    return new Disguise(request -> new Moved(request, peer, isSecure));
  }

  private static final class Moved extends HttpServletRequestWrapper {

    private final String peer;
    private final boolean isSecure;

    Moved(HttpServletRequest request, String peer, boolean isSecure) {
      super(request);
      this.peer = peer;
      this.isSecure = isSecure;
    }

    @Override
    public String getRemoteAddr() {
      return peer;
    }

    @Override
    public boolean isSecure() {
      return isSecure;
    }
  }
}
