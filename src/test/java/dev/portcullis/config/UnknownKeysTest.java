/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static dev.portcullis.config.TestingConfig.problems;
import static dev.portcullis.config.TestingConfig.reader;
import static dev.portcullis.config.TestingConfig.source;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

  private static ConfigReader asked(String... keysAndValues) {
    ConfigReader reader = reader(keysAndValues);
    reader.string("dpop.type");
    reader.flag("dpop.require-nonce", false);
    reader.string("as.targets");
    return reader;
  }

  @ParameterizedTest
  @DisplayName("CFG-01: an unknown setting stops the start")
  @CsvSource({
    "dpop.typ, dpop.type",
    "dpop.tpye, dpop.type",
    "dpop-type, dpop.type",
    "Dpop.Type, dpop.type",
    "dpop.types2, dpop.type",
    "dpop.require_nonce, dpop.require-nonce",
    "dpop.requirenonc, dpop.require-nonce",
    "config.unknown-key, config.unknown-keys",
  })
  void mistypedKey_isNamedWithTheNearest(String key, String nearest) {
    assertEquals(
        List.of("Unknown setting '" + key + "'. Did you mean '" + nearest + "'?"),
        problems(asked(key, "value")));
  }

  @ParameterizedTest
  @DisplayName("CFG-01: an unknown setting stops the start")
  @ValueSource(
      strings = {
        "dpop.required",
        "dpop.types23",
        "as.",
        ".",
        "as.target.s.x",
        "as.targets.as.targets"
      })
  void foreignKey_isNamedAlone(String key) {
    assertEquals(List.of("Unknown setting '" + key + "'."), problems(asked(key, "value")));
  }

  @Test
  void unknownKeyWithEmptyValue_isStillUnknown() {
    assertEquals(
        List.of("Unknown setting 'dpop.typ'. Did you mean 'dpop.type'?"),
        problems(asked("dpop.typ", "")));
  }

  @Test
  void controlCharactersOfAKey_areNotPrinted() {
    assertEquals(
        List.of("Unknown setting 'a?b?[31m'."), problems(asked("a\nb\u001b[31m", "value")));
  }

  @Test
  void unknownKeysOfAllSources_areNamedOnceInTheirOrder() {
    ConfigReader reader =
        new ConfigReader(List.of(source("zzz", "1", "yyy", "2"), source("xxx", "3", "zzz", "4")));

    assertEquals(
        List.of("Unknown setting 'zzz'.", "Unknown setting 'yyy'.", "Unknown setting 'xxx'."),
        problems(reader));
  }

  @Test
  void unknownKeys_canBeWarnings() throws InvalidConfigurationException {
    ConfigReader reader = asked("config.unknown-keys", "warn", "dpop.typ", "value");

    reader.finish();

    assertEquals(
        List.of("Unknown setting 'dpop.typ'. Did you mean 'dpop.type'?"), reader.warnings());
  }

  @Test
  void unknownKeysSettingThatIsWrong_relaxesNothing() {
    ConfigReader reader = reader("config.unknown-keys", "ignore", "x", "value");

    assertEquals(
        List.of("config.unknown-keys: must be one of: error, warn.", "Unknown setting 'x'."),
        problems(reader));
  }

  @Test
  void members_areListedInTheOrderOfTheSources() throws InvalidConfigurationException {
    ConfigReader reader =
        new ConfigReader(
            List.of(
                source("trust.z.store", "1", "trust.a-1.store", "2", "trustx.b.store", "3"),
                source("trust.z.store", "4", "trust.0.store", "5", "trust.e.store", " ")));

    List<String> names = reader.names("trust");
    names.forEach(name -> reader.string("trust." + name + ".store"));
    reader.string("trustx.b.store");

    assertEquals(List.of("z", "a-1", "0"), names);
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a member of a group with a malformed name stops the start")
  @ValueSource(strings = {"Corp", "-a", "a_b", "ä", "a b", "", "*"})
  void malformedName_isAMistakeOfItsOwn(String name) {
    ConfigReader reader =
        reader(
            "trust." + name + ".store", "x", "trust." + name + ".ocsp", "y", "trust.ok.store", "z");

    assertEquals(List.of("ok"), reader.names("trust"));
    reader.string("trust.ok.store");
    assertEquals(
        List.of("trust." + name + ": the name must match [a-z0-9][a-z0-9-]*."), problems(reader));
  }

  @Test
  void mistypedKeyOfAMember_isNamedWithTheNearest() {
    ConfigReader reader = reader("trust.corp-ca.stor", "x", "trust.x", "y");

    reader.names("trust").forEach(name -> reader.string("trust." + name + ".store"));

    assertEquals(
        List.of(
            "Unknown setting 'trust.corp-ca.stor'. Did you mean 'trust.corp-ca.store'?",
            "Unknown setting 'trust.x'."),
        problems(reader));
  }

  @Test
  void keysBelowAPrefix_areKnown() {
    ConfigReader reader =
        reader("audit.siem.a", "1", "audit.siem.b.c", "2", "audit.siem.", "3", "audit.sie.a", "4");

    assertEquals(Map.of("a", "1", "b.c", "2"), reader.below("audit.siem."));
    assertEquals(
        List.of("Unknown setting 'audit.siem.'.", "Unknown setting 'audit.sie.a'."),
        problems(reader));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, 0",
    "abc, abd, 1",
    "abc, ab, 1",
    "abc, abcd, 1",
    "abc, xabc, 1",
    "abc, acb, 2",
    "abc, cab, 2",
    "abc, a, 2",
    "abc, xyz, 3",
    "abcd, badc, 3",
    "kitten, sitting, 3",
    "'', ab, 2",
    "'', '', 0",
  })
  void distance_countsEdits(String left, String right, int expected) {
    assertEquals(expected, NearestKey.distance(left, right));
    assertEquals(expected, NearestKey.distance(right, left));
  }
}
