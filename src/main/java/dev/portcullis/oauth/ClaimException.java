/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

/**
 * An introspection response proves nothing: a member that is relied on is missing or of the wrong
 * type.
 */
public final class ClaimException extends Exception {

  private static final long serialVersionUID = 1L;

  private ClaimException(String problem) {
    super(problem, null, false, false);
  }

  static ClaimException ofType(String member) {
    return new ClaimException("member '" + member + "' is missing or of the wrong type");
  }

  static ClaimException ofText(String member) {
    return new ClaimException("member '" + member + "' has a lone surrogate");
  }
}
