/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import java.util.Optional;

/**
 * Looks for a token in the query, where none may be (RFC 6750 section 2.3, RFC 9700 section 4.3.2).
 */
public final class QueryToken {

  private static final String NAME = "access_token";

  private QueryToken() {}

  /** Whether a query has a parameter of that name, however it is spelled. */
  public static boolean isIn(Optional<String> query) {
    return QueryParameter.isIn(query, NAME);
  }
}
