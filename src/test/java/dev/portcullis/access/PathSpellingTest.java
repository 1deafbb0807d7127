/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathSpellingTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a%5Cb",
        "/a\\b",
        "/a%00",
        "/x%0d%0aSet-Cookie:a=b",
        "/a%1f",
        "/a%7F",
        "/a%c2%85b",
        "/a%C2%9fb",
        "/public/..;/admin",
        "/public/..;x=1/admin",
        "/public/.;/admin",
        "/%2e%2e/admin",
        "/%2E%2e/admin",
        "/.%2e/admin",
        "/%2e./admin",
        "/a/%2e/b",
        "/a/%2e",
        "/a/%2e%2e",
        "/%2e%2e;/admin",
        "/public/..%3b/admin",
        "/public/%2e%3Bx=1/admin",
        "/a/;/b",
        "/;x=1/b",
        "/a;x=/../b",
        "/a;x=/../../123456/b",
        "/a;v=1/b/./c",
        "/a;v=1/b/..",
        "/a;v=1/b/.",
        "/a%3bx/../b",
        "/a%",
        "/a%2",
        "/a%zz",
        "/a%u002f",
        "/a%c0%af",
        "/a%e0%80%af",
        "/a%ff",
        "/a%c3",
        "/a%ed%a0%80",
        "/a b",
        "/a\u0000b",
        "/a\u007fb",
        "/é"
      })
  @DisplayName("ERR-10: paths that can be read in more than one way")
  void doubtfulPath_isAmbiguous(String path) {
    assertTrue(PathSpelling.isAmbiguous(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "*",
        "/a/b",
        "/a.b",
        "/a/..b",
        "/.well-known/x",
        "/a;v=1/b",
        "/a/../b;v=1",
        "/a;v=1/.b",
        "/a;v=1/..b",
        "/a;v=../b",
        "/a%3bv=1/b",
        "/a..%3b/b",
        "/a;access_token=x",
        "/%61pi",
        "/a%20b",
        "/a%2eb",
        "/a%c3%a9",
        "/a%C2%A0",
        "/a%e2%82%ac",
        "/a%f0%9f%98%80",
        "/a|b^c`d{e}\"<>",
        "//a",
        "/a/./b",
        "/a/../b"
      })
  void plainPath_isNot(String path) {
    assertFalse(PathSpelling.isAmbiguous(path));
  }

  @Test
  @DisplayName("ERR-10: every control character and separator, raw and encoded")
  void everyCharacter_isJudged() {
    for (char c = 0; c < 0x80; c++) {
      String encoded = String.format("/a%%%02xb", (int) c);
      boolean isDoubtful = c < 0x20 || c == 0x7f || c == '/' || c == '\\';
      assertEquals(isDoubtful, PathSpelling.isAmbiguous(encoded), encoded);
      if (c != '/' && c != '%' && c != ';') {
        assertEquals(isDoubtful || c == ' ', PathSpelling.isAmbiguous("/a" + c + "b"), encoded);
      }
    }
  }
}
