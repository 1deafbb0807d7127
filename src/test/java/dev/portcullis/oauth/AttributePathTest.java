/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which attribute a name finds. */
class AttributePathTest {

  private final TokenInfo info =
      active(
          """
          "sub":"alice","a.b":"exact","a":{"b":"nested","c":{"d":"deep"},"e.f":"no"},\
          "n":12.50,"t":true,"z":null,"o":{"x":1},"list":["first","second"],"empty":[],\
          "mixed":[null,"x"],"roles":["r1",2,null,{"x":1},true],"words":" one  two\\tthree "\
          """);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "sub,    alice",
        "a.b,    exact",
        "a.c.d,  deep",
        "n,      12.50",
        "t,      true",
        "o.x,    1",
        "list,   first",
        "z,      -",
        "o,      -",
        "a,      -",
        "empty,  -",
        "mixed,  -",
        "absent, -",
        "a.x,    -",
        "sub.x,  -",
        "a.e.f,  -",
        "list.0, -"
      })
  void name_findsText(String name, String text) {
    assertEquals(Optional.ofNullable(text), new AttributePath(name).textIn(info));
  }

  @Test
  void list_isOfAnArrayOrOfWords() {
    assertEquals(List.of("r1", "2", "true"), new AttributePath("roles").listIn(info));
    assertEquals(List.of("one", "two", "three"), new AttributePath("words").listIn(info));
    assertEquals(List.of("alice"), new AttributePath("sub").listIn(info));
    assertEquals(List.of(), new AttributePath("empty").listIn(info));
    assertEquals(List.of(), new AttributePath("o").listIn(info));
    assertEquals(List.of(), new AttributePath("absent").listIn(info));
  }

  @ParameterizedTest
  @CsvSource({
    "a, true",
    "a.b.c, true",
    "'', false",
    "., false",
    ".a, false",
    "a., false",
    "a..b, false"
  })
  void path_hasNoEmptyPart(String name, boolean isValid) {
    assertEquals(isValid, AttributePath.isValid(name));
  }

  @Test
  void inactiveToken_hasNoAttributes() {
    TokenInfo inactive = Tokens.info("{\"active\":false,\"sub\":\"alice\"}");
    assertEquals(Optional.empty(), new AttributePath("sub").textIn(inactive));
  }
}
