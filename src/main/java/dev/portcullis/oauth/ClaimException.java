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

  ClaimException(String member) {
    super("member '" + member + "' is missing or of the wrong type", null, false, false);
  }
}
