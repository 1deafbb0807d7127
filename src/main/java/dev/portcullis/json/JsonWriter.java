/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** Writes JSON text. */
public final class JsonWriter {

  private JsonWriter() {}

  /** A string in quotes; quotes, backslashes, controls, line separators and lone surrogates escaped. */
  public static String quote(String text) {
    throw new UnsupportedOperationException();
  }
}
