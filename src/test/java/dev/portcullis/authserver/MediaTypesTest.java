/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

  private static final Set<String> JSON = Set.of("application/json");

  @ParameterizedTest
  @DisplayName("INT-08, FLD-09: the type wanted, once or several times")
  @ValueSource(
      strings = {
        "application/json",
        " Application/JSON ; charset=utf-8",
        "application/json, application/json",
        "application/json;charset=utf-8, application/json",
        "application/json; x=\"a, text/html\"",
        "application/json; x=\"a\\\", text/html\"",
      })
  void sameType_fits(String field) {
    assertTrue(MediaTypes.areAll(Optional.of(field), JSON));
  }

  @ParameterizedTest
  @DisplayName("INT-08: another type beside it, or none")
  @ValueSource(
      strings = {
        "",
        ",",
        "application/json,",
        "application/json, text/html",
        "text/html, application/json",
        "application/json; x=\"a\", text/html",
        "application/json; x=\"a\\\\\", text/html",
        "application/json text/html",
      })
  void otherType_doesNotFit(String field) {
    assertFalse(MediaTypes.areAll(Optional.of(field), JSON));
  }

  @Test
  void noType_doesNotFit() {
    assertFalse(MediaTypes.areAll(Optional.empty(), JSON));
  }
}
