/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Locale;

/** How one exchange with the authorization server ended, as {@code as-request} entries show it. */
public enum Outcome {
  /** The token is active. */
  ACTIVE,
  /** The token is not active. */
  INACTIVE,
  /** The document is here. */
  FETCHED,
  /** The client credentials were refused. */
  REJECTED_CLIENT,
  /** What came is not an answer. */
  BAD_RESPONSE,
  /** A status other than 200. */
  STATUS,
  /** No complete answer in time. */
  TIMEOUT,
  /** No connection, or one that ended before an answer. */
  CONNECT_FAILED,
  /** The TLS handshake failed or the certificate was refused. */
  TLS_FAILED;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The code as entries show it, such as {@code rejected-client}. */
  public String code() {
    return code;
  }
}
