/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  private static JsonObject read(String text) throws MalformedJsonException {
    return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String text) {
    return assertThrows(MalformedJsonException.class, () -> read(text)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"a\":{\"a\":{\"a\":[]}}}",
        "{\"a\":true,\"b\":false,\"c\":null}",
        "{\"a\":[1,\"1\",[],{},null]}",
        "{\"\":\"\"}",
        "{\"A\":1,\"a\":2}",
        "{\"a\":[0,-0,0.0,-0.10,1e5,1E+5,1.5e-05,123456789012345678901234567890]}",
        "{\"ключ\":\"鍵 😀\"}",
      })
  void wellFormedText_isReadAsItStands(String text) throws MalformedJsonException {
    assertEquals(text, read(text).toString());
  }

  @Test
  void whiteSpaceBetweenTokens_isSkipped() throws MalformedJsonException {
    String text = " \t\r\n{ \"a\"\t:\n[ 1 ,\r2 ] , \"b\" : { } } \n";

    assertEquals("{\"a\":[1,2],\"b\":{}}", read(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\\u0041, A",
        "\\\", \"",
        "\\\\, \\",
        "\\/, /",
        "\\ud83d\\ude00, 😀",
        "\\uD83D\\uDE00, 😀",
        "\\u00e9\\u00E9, éé",
      })
  void escape_isResolved(String escape, String meaning) throws MalformedJsonException {
    JsonObject object = read("{\"a\":\"" + escape + "\"}");

    assertEquals(new JsonString(meaning), object.get("a").orElseThrow());
  }

  @Test
  void controlEscapes_areResolved() throws MalformedJsonException {
    JsonObject object = read("{\"a\":\"\\b\\f\\n\\r\\t\\u0000\"}");

    assertEquals(new JsonString("\b\f\n\r\t\0"), object.get("a").orElseThrow());
  }

  @Test
  void members_keepTheirOrder() throws MalformedJsonException {
    JsonObject object = read("{\"z\":1,\"a\":2,\"m\":3}");

    assertEquals(List.of("z", "a", "m"), List.copyOf(object.members().keySet()));
  }

  @ParameterizedTest
  @DisplayName("INT-13, DPOP-06: a name that is there twice is refused, also when escapes hide it")
  @ValueSource(
      strings = {
        "{\"active\":false,\"active\":true}",
        "{\"active\":false,\"\\u0061ctive\":true}",
        "{\"\\/\":1,\"/\":1}",
        "{\"😀\":1,\"\\ud83d\\ude00\":1}",
        "{\"jwk\":{\"x\":\"1\",\"x\":\"1\"}}",
        "{\"a\":[{\"b\":1,\"c\":2,\"b\":1}]}",
        "{\"\":1,\"\":1}",
      })
  void duplicateName_isRefused(String text) {
    assertEquals("the name is there twice", refusal(text).replaceFirst(" at offset \\d+", ""));
  }

  @ParameterizedTest
  @DisplayName("INT-13, DPOP-06: text that is not exactly one JSON object is refused")
  @ValueSource(
      strings = {
        // nothing, or not an object
        "",
        " ",
        "[]",
        "[{}]",
        "\"a\"",
        "1",
        "true",
        "null",
        "a",
        "'a'",
        "}",
        "]",
        // commas and colons
        "{\"a\":1,}",
        "{,}",
        "{,\"a\":1}",
        "{\"a\":1,,\"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1,,2]}",
        "{\"a\":[,]}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1 2]}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\"::1}",
        "{\"a\",1}",
        "{\"a\"=1}",
        "{:1}",
        "{\"a\":1;\"b\":2}",
        // names
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "{{}:1}",
        "{\"a\":1,b:2}",
        // comments
        "/**/{}",
        "{/**/}",
        "{}//",
        "{\"a\":1/*x*/}",
        "{}#",
        // trailing data
        "{}{}",
        "{}x",
        "{},",
        "{}]",
        "{}}",
        "{}\u0000",
        "{}\u00a0",
        "{}\u000b",
        "{}\ufeff",
        // other white space
        "\u00a0{}",
        "\u000c{}",
        "{\u2028}",
        "\u0000{}",
        "\ufeff{}",
        // unfinished
        "{",
        "{\"",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":[",
        "{\"a\":[1",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":\"\\u",
        "{\"a\":\"\\u00",
        "{\"a\":t",
        "{\"a\":-",
        "{\"a\":[1}",
        "{\"a\":{]",
        // literals
        "{\"a\":True}",
        "{\"a\":TRUE}",
        "{\"a\":nul}",
        "{\"a\":nulll}",
        "{\"a\":truefalse}",
        "{\"a\":undefined}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":'b'}",
        // numbers
        "{\"a\":01}",
        "{\"a\":-01}",
        "{\"a\":00}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":-.5}",
        "{\"a\":1.}",
        "{\"a\":1.e5}",
        "{\"a\":1e}",
        "{\"a\":1e+}",
        "{\"a\":1e+-5}",
        "{\"a\":1e5.5}",
        "{\"a\":-}",
        "{\"a\":--1}",
        "{\"a\":0x10}",
        "{\"a\":1_000}",
        "{\"a\":1d}",
        "{\"a\":1f}",
        "{\"a\":1 2}",
        "{\"a\":١}",
        "{\"a\":1١}",
        "{\"a\":- 1}",
        // strings
        "{\"a\":\"\n\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"\u001f\"}",
        "{\"a\n\":1}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\'\"}",
        "{\"a\":\"\\0\"}",
        "{\"a\":\"\\U0041\"}",
        "{\"a\":\"\\u004\"}",
        "{\"a\":\"\\u004g\"}",
        "{\"a\":\"\\u+041\"}",
        "{\"a\":\"\\u ４１\"}",
        "{\"a\":\"\\u００４１\"}",
        "{\"a\":\"\\\n\"}",
      })
  void malformedText_isRefused(String text) {
    assertFalse(refusal(text).isEmpty());
  }

  @ParameterizedTest
  @DisplayName("DPOP-06: a surrogate that stands alone is refused")
  @ValueSource(
      strings = {
        "\\ud83d",
        "\\ude00",
        "\\ud83dx",
        "\\ud83d\\u0041",
        "\\ud83d\\ud83d\\ude00",
        "\\ude00\\ud83d",
        "\\ud83d\\n",
        "\\ud83d\\ude0",
      })
  void loneSurrogate_isRefused(String escape) {
    assertFalse(refusal("{\"a\":\"" + escape + "\"}").isEmpty());
    assertFalse(refusal("{\"" + escape + "\":1}").isEmpty());
  }

  @ParameterizedTest
  @DisplayName("INT-13, DPOP-06: bytes that are not UTF-8 without a byte order mark are refused")
  @CsvSource({
    "EFBBBF 7B7D, byte order mark",
    "FEFF007B007D, UTF-16 big endian with mark",
    "FFFE7B007D00, UTF-16 little endian with mark",
    "007B007D, UTF-16 big endian",
    "7B007D00, UTF-16 little endian",
    "0000007B0000007D, UTF-32",
    "7B22 C080 223A317D, overlong NUL",
    "7B22 C1A1 223A317D, overlong letter",
    "7B22 E081A1 223A317D, overlong in three",
    "7B22 F08081A1 223A317D, overlong in four",
    "7B22 EDA0BD 223A317D, surrogate",
    "7B22 EDA0BDEDB880 223A317D, surrogate pair (CESU-8)",
    "7B22 F4908080 223A317D, above U+10FFFF",
    "7B22 F888808080 223A317D, five bytes",
    "7B22 FF 223A317D, never a byte of UTF-8",
    "7B22 80 223A317D, continuation alone",
    "7B22 E9 223A317D, Latin-1",
    "7B22 C3 , cut off inside a character",
    "7B7D C3 , cut off after the object",
    "7B7D 80 , continuation after the object",
  })
  void invalidEncoding_isRefused(String hex, String what) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThrows(MalformedJsonException.class, () -> JsonReader.readObject(bytes), what);
  }

  @Test
  void refusal_saysWhatAndWhereButNeverWhatStandsThere() {
    assertEquals(
        "expected a comma or the closing bracket at offset 12", refusal("{\"a\":\"hush\" hush}"));
    assertEquals(
        "not UTF-8 at offset 2",
        assertThrows(
                MalformedJsonException.class,
                () -> JsonReader.readObject(new byte[] {'{', '"', -1}))
            .getMessage());
  }

  @Test
  void refusal_hasNoStackTrace() {
    MalformedJsonException refusal = assertThrows(MalformedJsonException.class, () -> read("["));

    assertEquals(0, refusal.getStackTrace().length);
  }

  @ParameterizedTest
  @DisplayName("FLD-07: in an answer a lone surrogate is replaced, and its string is not exact")
  @CsvSource({
    "\\ud83d, \ufffd",
    "\\ude00, \ufffd",
    "\\ud83dx, \ufffdx",
    "\\ud83d\\u0041, \ufffdA",
    "\\ud83d\\ud83d\\ude00, \ufffd\ud83d\ude00",
    "\\ud83d\\ud83d, \ufffd\ufffd",
    "\\ude00\\ud83d, \ufffd\ufffd",
  })
  void loneSurrogateInAnAnswer_isReplaced(String escape, String text) throws Exception {
    JsonObject object = answer("{\"a\":\"" + escape + "\",\"b\":[{\"c\":\"" + escape + "\"}]}");

    assertEquals(new JsonString(text, false), object.get("a").orElseThrow());
    assertEquals(Optional.empty(), object.text("a"));
    assertFalse(object.get("b").orElseThrow().isExact());
    assertFalse(object.isExact());
    assertEquals(1, answer("{\"" + escape + "\":1}").members().size());
  }

  @Test
  @DisplayName("FLD-01: in an answer what is null is left out, after its name has counted")
  void nullInAnAnswer_isLeftOut() throws Exception {
    assertEquals("{}", answer("{\"a\":null}").toString());
    assertEquals("{\"b\":[null]}", answer("{\"a\":{\"x\":null},\"b\":[null]}").toString());
    assertEquals("{\"a\":{}}", answer("{\"a\":{}}").toString());
    assertThrows(MalformedJsonException.class, () -> answer("{\"a\":null,\"a\":1}"));
    assertThrows(MalformedJsonException.class, () -> answer("{\"a\":1,\"a\":null}"));
  }

  @Test
  @DisplayName("FLD-09: in an answer a byte order mark may come first")
  void byteOrderMarkBeforeAnAnswer_isSkipped() throws Exception {
    assertEquals("{}", answer("\ufeff{}").toString());
    assertEquals("{}", answer("\ufeff \n{}").toString());
    assertThrows(MalformedJsonException.class, () -> answer("\ufeff\ufeff{}"));
    assertThrows(MalformedJsonException.class, () -> answer("\ufeff"));
    assertThrows(
        MalformedJsonException.class,
        () -> JsonReader.readAnswer("{}".getBytes(StandardCharsets.UTF_16)));
  }

  private static JsonObject answer(String text) throws MalformedJsonException {
    return JsonReader.readAnswer(text.getBytes(StandardCharsets.UTF_8));
  }
}
