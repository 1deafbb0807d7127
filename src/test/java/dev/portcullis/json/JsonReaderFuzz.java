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
import java.util.Optional;

/** Feeds the reader whatever the fuzzer makes up, and compares it with a reader of another make. */
class JsonReaderFuzz {

  private static final int LONGEST = 16 * 1024;
  private static final CpuLimit LIMIT = new CpuLimit(5);

  @FuzzTest(maxDuration = "10m")
  void text_isReadAsTheReferenceReadsIt(byte[] text) throws Exception {
    if (text.length <= LONGEST) {
      LIMIT.run(() -> read(text));
      check(text);
    }
  }

  /** Fails if reader and reference differ, or if what is written cannot be read back. */
  static boolean check(byte[] text) {
    Optional<JsonObject> object = read(text);
    assertEquals(ReferenceJson.object(text), object.map(JsonPlain::map));
    object.ifPresent(
        read -> assertEquals(object, read(read.toString().getBytes(StandardCharsets.UTF_8))));
    return object.isPresent();
  }

  private static Optional<JsonObject> read(byte[] text) {
    try {
      return Optional.of(JsonReader.readObject(text));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
