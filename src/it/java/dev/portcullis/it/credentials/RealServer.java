/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.testing.ProofLibrary;
import java.util.Map;

/** An authorization server of other people's making that runs for the tests, over TLS. */
interface RealServer extends AutoCloseable {

  /** Where it listens on the loopback interface. */
  int port();

  /** What a filter has to know of it, but not who the filter is. */
  Map<String, String> settings() throws Exception;

  /** Gets an access token (RFC 6749 section 4.4). */
  String token() throws Exception;

  /** Gets an access token that is bound to the key of a client. */
  String boundToken(ProofLibrary client) throws Exception;

  /** Revokes a token (RFC 7009). */
  void revoke(String token) throws Exception;

  @Override
  void close();
}
