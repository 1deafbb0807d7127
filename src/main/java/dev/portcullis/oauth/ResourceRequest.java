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
 * @param path path inside the application as the container decoded it; what patterns see
 * @param authorization all {@code Authorization} field lines
 * @param isSecure whether the request came over TLS
 * @param peer address of the sender
 * @param origin scheme, host and port the client used
 * @param certificate the client certificate of the TLS connection
 */
public record ResourceRequest(
    String method,
    String uri,
    Optional<String> query,
    String path,
    List<String> authorization,
    boolean isSecure,
    String peer,
    String origin,
    Optional<X509Certificate> certificate) {

  /** Copies the field lines. */
  public ResourceRequest {
    authorization = List.copyOf(authorization);
  }

  /** The full URL the client used, without query. */
  public String url() {
    return origin + uri;
  }

  /** Shows neither query nor credentials. */
  @Override
  public String toString() {
    return method + " " + uri;
  }
}
