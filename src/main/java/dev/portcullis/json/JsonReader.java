/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/** Reads JSON strictly. */
public final class JsonReader {

  private JsonReader() {}

  /** Reads a text that is one object and nothing else. */
  public static JsonObject readObject(byte[] utf8) throws MalformedJsonException {
    throw new UnsupportedOperationException();
  }
}
