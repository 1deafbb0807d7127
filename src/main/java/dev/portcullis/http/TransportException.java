/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

/** There is no complete answer. Its message names no header field and no part of a body. */
public final class TransportException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How far it got. */
  public enum Stage {
    /** No connection: unknown host, refused, unreachable, not in time. */
    CONNECT,
    /** The TLS handshake failed, or the peer is not the one expected. */
    TLS,
    /** The connection ended before the first octet of an answer. */
    NO_ANSWER,
    /** The answer did not come in time. */
    TIMEOUT,
    /** The answer began and did not end, or was too large. */
    BROKEN
  }

  private final Stage stage;

  /** Makes the exception. */
  public TransportException(Stage stage, String message, Throwable cause) {
    super(message, cause);
    this.stage = stage;
  }

  /** How far it got. */
  public Stage stage() {
    return stage;
  }
}
