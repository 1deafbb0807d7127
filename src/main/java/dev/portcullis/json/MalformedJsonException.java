/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/**
 * A text is not the JSON that is expected. Says where, never what stands there. Has no stack trace.
 */
public final class MalformedJsonException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedJsonException(String problem, int offset) {
    super(problem + " at offset " + offset, null, false, false);
  }
}
