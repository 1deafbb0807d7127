/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.testing.CpuLimit;
import dev.portcullis.testing.ReferenceJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Feeds the reader whatever the fuzzer makes up, and compares it with a reader of another make. */
class JsonReaderFuzz {

  private static final int LONGEST = 16 * 1024;
  private static final CpuLimit LIMIT = new CpuLimit(5);

  @FuzzTest(maxDuration = "10m")
  void text_isReadAsTheReferenceReadsIt(byte[] text) throws Exception {
    if (text.length <= LONGEST) {
      LIMIT.run(() -> read(text, JsonReader::readObject));
      LIMIT.run(() -> read(text, JsonReader::readAnswer));
      check(text);
    }
  }

  /** Fails if reader and reference differ, or if what is written cannot be read back. */
  static boolean check(byte[] text) {
    boolean isGood = check(text, ReferenceJson::object, JsonReader::readObject);
    check(text, ReferenceJson::answer, JsonReader::readAnswer);
    return isGood;
  }

  private static boolean check(
      byte[] text, Function<byte[], Optional<Map<String, Object>>> reference, Reading reading) {
    Optional<JsonObject> object = read(text, reading);
    assertEquals(reference.apply(text), object.map(JsonPlain::map));
    object.ifPresent(
        read ->
            assertEquals(
                object.map(JsonObject::toString),
                read(read.toString().getBytes(StandardCharsets.UTF_8), reading)
                    .map(JsonObject::toString)));
    return object.isPresent();
  }

  private interface Reading {
    JsonObject of(byte[] text) throws MalformedJsonException;
  }

  private static Optional<JsonObject> read(byte[] text, Reading reading) {
    try {
      return Optional.of(reading.of(text));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
