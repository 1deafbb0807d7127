/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A request to a protected resource: everything about it that takes part in a decision, read once.
 *
 * @param method the request method, its case kept
 * @param uri path of the request line as it came, neither decoded nor normalised
 * @param query query of the request line as it came
 * @param contextPath where the application is mounted
 * @param path path inside the application as the container decoded it; what patterns see. Empty if
 *     the container cannot tell
 * @param authorization all {@code Authorization} field lines
 * @param proofs all {@code DPoP} field lines
 * @param connection how the request came
 */
public record ResourceRequest(
    String method,
    String uri,
    Optional<String> query,
    String contextPath,
    String path,
    List<String> authorization,
    List<String> proofs,
    Connection connection) {

  /** What a trusted proxy says of a connection, beside what the container knows of it. */
  public enum Statement {
    /** Nothing: it is direct, as far as anybody can tell. */
    NONE,
    /** Something that counts. */
    READ,
    /** Something that cannot be read. */
    UNREADABLE
  }

  /**
   * How a request came, as the container tells it.
   *
   * @param isSecure whether it came over TLS
   * @param peer address of the sender
   * @param scheme scheme the client used
   * @param host host the client named
   * @param port port the client named, or the scheme's own
   * @param certificate client certificate of the TLS connection
   * @param statement whether a trusted proxy says anything of it
   */
  public record Connection(
      boolean isSecure,
      String peer,
      String scheme,
      String host,
      int port,
      Optional<X509Certificate> certificate,
      Statement statement) {

    /** A direct connection. */
    public Connection(
        boolean isSecure,
        String peer,
        String scheme,
        String host,
        int port,
        Optional<X509Certificate> certificate) {
      this(isSecure, peer, scheme, host, port, certificate, Statement.NONE);
    }

    /** The same connection, and that said of it. */
    public Connection with(Statement said) {
      return new Connection(isSecure, peer, scheme, host, port, certificate, said);
    }
  }

  /** Copies the field lines. */
  public ResourceRequest {
    authorization = List.copyOf(authorization);
    proofs = List.copyOf(proofs);
  }

  /** Shows neither query nor credentials nor proofs. */
  @Override
  public String toString() {
    return method + " " + uri;
  }
}
