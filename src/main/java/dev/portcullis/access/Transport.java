/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.oauth.ResourceRequest.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Demands that tokens travel over TLS only (RFC 6750 section 5.2). A direct peer on the loopback
 * interface is exempt: nobody listens there. One of which a trusted proxy says anything is not
 * direct. Safe for use by several threads.
 */
final class Transport {

  private static final System.Logger LOG = System.getLogger(Transport.class.getName());

  private static final Pattern LOOPBACK =
      Pattern.compile("127(?:\\.\\d{1,3}){3}|\\[?(?:::1|(?:0{1,4}:){7}0{0,3}1)\\]?");

  private final boolean requiresHttps;
  private final AtomicBoolean isToldAlready = new AtomicBoolean();

  Transport(boolean requiresHttps) {
    this.requiresHttps = requiresHttps;
  }

  void check(Connection connection) throws RefusedException {
    if (requiresHttps && !connection.isSecure() && !isLocal(connection)) {
      tell();
      throw RefusedException.of(OAuthError.ACCESS_DENIED, Reason.HTTPS_REQUIRED, "require.https");
    }
  }

  private static boolean isLocal(Connection connection) {
    return connection.statement() == Statement.NONE
        && LOOPBACK.matcher(connection.peer()).matches();
  }

  private void tell() {
    if (isToldAlready.compareAndSet(false, true)) {
      LOG.log(
          System.Logger.Level.ERROR,
          "Requests that do not come over TLS are refused. If a proxy ends TLS, name it in"
              + " request.trusted-proxies, or let the container take over what it says (RemoteIpValve,"
              + " ForwardedRequestCustomizer); if tokens may travel in the clear, set"
              + " require.https = false.");
    }
  }
}
