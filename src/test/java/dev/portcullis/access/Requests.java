/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import java.util.List;
import java.util.Optional;

/** Requests that differ in what carries credentials. */
final class Requests {

  private static final Connection CONNECTION =
      new Connection(true, "192.0.2.7", "https", "api.example.com", 443, Optional.empty());

  private Requests() {}

  static ResourceRequest with(String... authorization) {
    return of(Optional.empty(), authorization);
  }

  static ResourceRequest withQuery(String query, String... authorization) {
    return of(Optional.of(query), authorization);
  }

  private static ResourceRequest of(Optional<String> query, String... authorization) {
    return new ResourceRequest(
        "GET", "/r", query, "", "/r", List.of(authorization), List.of(), CONNECTION);
  }
}
