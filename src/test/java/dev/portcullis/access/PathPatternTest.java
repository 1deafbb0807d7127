/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/caf%C3%A9/*, /café/*",
    "/caf%c3%a9, /café",
    "//, /",
    "//*, /*",
    "/a//b, /a/b",
    "/a//*, /a/*",
    "/a/../b, /b",
    "/a/b/../../c/*, /c/*",
    "/../a, /a",
    "/.., /",
    "/., /",
    "/a/., /a/",
    "/a/./b, /a/b",
    "/a;v=1, /a",
    "/a;v=1/b;w/*, /a/b/*",
    "/a?x=1, /a",
    "/a?x=1/*, /a",
    "/%61/*, /a/*",
    "/a%2Fb, /a/b",
    "/a%00b, /ab",
    "'/a\\b', /a/b",
    "*.j%73p, *.jsp",
    "*.jsp;v=1, *.jsp",
    "*.jsp?x, *.jsp"
  })
  @DisplayName("FLD-74: what no decoded path equals, and what would match")
  void patternThatNothingEquals_isAnotherOne(String pattern, String matching) {
    assertEquals(matching, PathPattern.decoded(pattern));
    assertEquals(
        List.of("rule.a.paths: '" + pattern + "' matches no path: '" + matching + "' would."),
        mistakes("rule.a.paths", pattern));
    assertEquals(1, mistakes("paths.excluded", pattern).size());
    assertEquals(1, mistakes("paths.optional", pattern).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/*",
        "/a",
        "/a/",
        "/a/*",
        "/a/b/*",
        "*.jsp",
        "/100%",
        "/100%sure/*",
        "/café/*",
        "/.well-known/*",
        "/...",
        "/a..b/*",
        "/a./b",
        "/.a",
        "/%zz",
        "/#",
        "/~a",
        "/a+b:c@d"
      })
  @DisplayName("FLD-74: what a decoded path can equal is left as it is")
  void patternThatSomethingEquals_isItself(String pattern) {
    assertEquals(pattern, PathPattern.decoded(pattern));
    assertEquals(List.of(), mistakes("rule.a.paths", pattern));
  }

  @ParameterizedTest
  @CsvSource({"post, POST", "Get, GET", "propfind, PROPFIND"})
  @DisplayName("FLD-74: a method in lower case is none that is ever sent")
  void methodInLowerCase_isRefused(String method, String matching) {
    assertEquals(
        List.of("rule.a.methods: '" + method + "' matches no method: '" + matching + "' would."),
        mistakes("rule.a.methods", method));
    assertEquals(List.of(), mistakes("rule.a.methods", matching));
  }

  private static List<String> mistakes(String key, String value) {
    return Access.mistakes(key, value);
  }
}
