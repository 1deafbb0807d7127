/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.json.JsonReader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How answers are weighed. */
class AnswerSizeTest {

  @ParameterizedTest
  @DisplayName("FLD-31: an answer has the octets of its text and the parts it is read into")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 1",
        "{\"active\":true} | 3",
        "{\"exp\":1800000000,\"x\":null} | 5",
        "{\"aud\":[],\"roles\":[\"a\",\"b\",{\"c\":-1.5e3}]} | 10",
        "{\"scope\":\"read write admin\"} | 5",
        "{\"name\":\"Zoë 漢字 😀\"} | 5",
      })
  void answer_isWeighed(String json, long parts) throws Exception {
    byte[] octets = json.getBytes(UTF_8);
    AnswerSize size = AnswerSize.of(JsonReader.readObject(octets));
    assertEquals(octets.length, size.octets());
    assertEquals(parts, size.parts());
    assertEquals(octets.length + 64 * parts + 512, size.weight());
  }
}
