/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import org.jspecify.annotations.Nullable;

/**
 * There is no complete answer. Neither its message nor its cause holds a header field or a part of
 * a body.
 */
public final class TransportException extends Exception {

  private static final long serialVersionUID = 1L;

  /** How far it got. */
  public enum Stage {
    /** Nothing was sent, for a reason of ours: no connection free in time, or closed. */
    NOT_SENT,
    /** No connection: unknown host, refused, unreachable, not in time. */
    CONNECT,
    /** The proxy cannot be reached, or does not answer as a proxy. */
    PROXY,
    /** The proxy demands credentials, or others. */
    PROXY_CREDENTIALS,
    /** The proxy does not want to connect to the target. */
    PROXY_REFUSED,
    /** The proxy cannot connect to the target, or does not say in time whether it can. */
    UNREACHED,
    /** The TLS handshake failed for another reason than the certificate of the peer. */
    TLS,
    /** The connection ended without an answer after the peer had seen our certificate. */
    REFUSED,
    /** The certificate of the peer is not trusted. */
    UNTRUSTED,
    /** The certificate of the peer is for another host. */
    WRONG_NAME,
    /**
     * The connection, which had been used before, gave no octet of an answer: most likely its peer
     * had given it up. Others like it are not used again, and the same call may be made at once
     * {@linkplain HttpCall#onNewConnection on a new one}, where this stage does not occur.
     */
    STALE,
    /** The connection ended before the first octet of an answer. */
    NO_ANSWER,
    /** The request was sent and a complete answer did not come in time. */
    TIMEOUT,
    /** The answer began and did not end, or is no HTTP. */
    BROKEN,
    /** The answer is larger than allowed. */
    TOO_LARGE
  }

  private final Stage stage;
  private final boolean sent;

  /** Makes the exception. */
  public TransportException(Stage stage, String message) {
    this(stage, message, false, null);
  }

  /** Makes the exception. The cause must hold nothing of what was sent or received. */
  public TransportException(Stage stage, String message, Throwable cause) {
    this(stage, message, false, cause);
  }

  TransportException(Stage stage, String message, boolean sent, @Nullable Throwable cause) {
    super(message, cause);
    this.stage = stage;
    this.sent = sent;
  }

  /** How far it got. */
  public Stage stage() {
    return stage;
  }

  /** Whether the peer may have seen the request, so that it can be what the failure is for. */
  public boolean isSent() {
    return sent || stage == Stage.NO_ANSWER || stage == Stage.STALE || stage == Stage.TIMEOUT;
  }
}
