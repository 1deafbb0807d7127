/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.serve;

import java.nio.file.Path;

/** What the launcher prints: addresses, files, and lines for a shell. */
final class Instructions {

  private static final String TEXT =
      """

      ================================================================================
      The sample                %SAMPLE%/
      The authorization server  %AS%  (demo only: loopback, plain HTTP)
      Its log                   %LOG%
      The audit trail           %AUDIT%

      Open the sample in a browser, or paste these lines into another terminal.

      # No token: 401, and WWW-Authenticate says what is wanted
      curl -iw '\\n' %SAMPLE%/api/orders

      # Get a token, and call with it: 200
      TOKEN=$(curl -s -u demo:demo-secret -d grant_type=client_credentials -d scope=orders:read \\
        %AS%/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
      curl -iw '\\n' -H "Authorization: Bearer $TOKEN" %SAMPLE%/api/orders
      curl -iw '\\n' -H "Authorization: Bearer $TOKEN" %SAMPLE%/api/me

      # Placing an order needs the scope orders:write, which this token has not: 403
      curl -iw '\\n' -H "Authorization: Bearer $TOKEN" -d item=Winch %SAMPLE%/api/orders

      # Revoke the token, let the remembered answer run out (5 seconds), call again: 401
      curl -s -u demo:demo-secret -d token="$TOKEN" %AS%/oauth2/revoke
      sleep 6
      curl -iw '\\n' -H "Authorization: Bearer $TOKEN" %SAMPLE%/api/orders

      # Stop the authorization server for 20 seconds; who says what a token is worth? 503
      curl -sX POST %SAMPLE%/demo/server
      curl -iw '\\n' -H "Authorization: Bearer any-token" %SAMPLE%/api/orders

      # Watch the audit trail grow
      tail -f '%AUDIT%'

      Ctrl-C stops everything.
      ================================================================================
      """;

  private Instructions() {}

  static String text(Ports ports, Path auditFile, Path log) {
    return TEXT.replace("%SAMPLE%", ports.sampleUrl())
        .replace("%AS%", ports.authorizationServerUrl())
        .replace("%AUDIT%", auditFile.toString())
        .replace("%LOG%", log.toString());
  }
}
