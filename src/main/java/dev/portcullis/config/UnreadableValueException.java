/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

/** A value cannot be read. The message is the text of the problem, without the key. */
final class UnreadableValueException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableValueException(String text) {
    super(text, null, false, false);
  }
}
