/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said at the start about exemptions that reach far. */
class AccessSettingsTest {

  @ParameterizedTest
  @DisplayName("HTTP-03: an exemption by suffix is warned of, once")
  @CsvSource({
    "'*.png', *.png, /api/1.png",
    "'/static/*, *.css, *.js', *.css, /api/1.css",
    "'*.tar.gz', *.tar.gz, /api/1.tar.gz"
  })
  void excludedSuffix_isWarnedOf(String excluded, String suffix, String path) {
    assertEquals(
        List.of(
            "paths.excluded: "
                + suffix
                + " holds for every path that ends so, such as "
                + path
                + "; name directories instead."),
        warnings("paths.excluded", excluded));
    assertTrue(
        new AccessPolicy(Access.settings("paths.excluded", excluded)).isExcluded(path), path);
  }

  @Test
  @DisplayName("HTTP-03: so is a suffix by which a token is left to the caller")
  void optionalSuffix_isWarnedOf() {
    assertEquals(
        List.of(
            "paths.optional: *.png holds for every path that ends so, such as /api/1.png;"
                + " name directories instead."),
        warnings("paths.optional", "/open/*, *.png"));
    assertTrue(
        new AccessPolicy(Access.settings("paths.optional", "*.png")).isOptional("/api/1.png"));
  }

  @Test
  @DisplayName("HTTP-03: exact paths and directories are not, nor suffixes of rules")
  void otherPatterns_areNotWarnedOf() {
    assertEquals(List.of(), warnings("paths.excluded", "/a.png, /static/*, /"));
    assertEquals(List.of(), warnings("paths.optional", "/a.png, /open/*, /"));
    assertEquals(List.of(), warnings("rule.pictures.paths", "*.png"));
    assertEquals(List.of(), warnings());
  }

  private static List<String> warnings(String... keysAndValues) {
    return Access.read(
            reader -> {
              Access.accessSettings(reader, Optional.empty());
              return reader;
            },
            keysAndValues)
        .warnings();
  }
}
