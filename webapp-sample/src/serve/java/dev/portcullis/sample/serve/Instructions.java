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

      Open the sample in a browser, or paste these lines into another terminal, in the folder of
      the project.

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

      # DPoP: a token that is of no use without the client's key. Make a key, get a token bound to it
      export DPOP_KEY=$(java webapp-sample/Proof.java key)
      PROOF=$(java webapp-sample/Proof.java POST %AS%/oauth2/token)
      TOKEN=$(curl -s -u demo:demo-secret -d grant_type=client_credentials -d scope=orders:read \\
        -H "DPoP: $PROOF" %AS%/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

      # Whoever has stolen it has no proof, and as a bearer token it is worth nothing: 401
      curl -iw '\\n' -H "Authorization: Bearer $TOKEN" %SAMPLE%/api/orders

      # A proof for this very request; the API also wants its own nonce in it, and sends one: 401
      PROOF=$(java webapp-sample/Proof.java GET %SAMPLE%/api/orders "$TOKEN")
      curl -siw '\\n' -H "Authorization: DPoP $TOKEN" -H "DPoP: $PROOF" %SAMPLE%/api/orders \\
        | tee webapp-sample/target/answer

      # The same with that nonce: 200
      NONCE=$(sed -n 's/^DPoP-Nonce: \\([^[:space:]]*\\).*/\\1/p' webapp-sample/target/answer)
      PROOF=$(java webapp-sample/Proof.java GET %SAMPLE%/api/orders "$TOKEN" "$NONCE")
      curl -iw '\\n' -H "Authorization: DPoP $TOKEN" -H "DPoP: $PROOF" %SAMPLE%/api/orders

      # Once more with the same proof, as if somebody had overheard it: 401
      curl -iw '\\n' -H "Authorization: DPoP $TOKEN" -H "DPoP: $PROOF" %SAMPLE%/api/orders

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
