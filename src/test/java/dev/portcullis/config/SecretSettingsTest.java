/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static dev.portcullis.config.TestingConfig.problems;
import static dev.portcullis.config.TestingConfig.reader;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSettingsTest {

  private static final Map<String, String> WORLD =
      Map.of("env:PW", "hush", "file:/run/pw", "hush", "sys:pw", "hush");

  @ParameterizedTest
  @ValueSource(strings = {"hush", "${env:PW}", "${file:/run/pw}", "${sys:pw}", "  hush\n"})
  void secret_isReadAndMaskedEverywhere(String text) throws InvalidConfigurationException {
    ConfigReader reader = reader(WORLD, "client.secret", text, "other", "x");

    assertEquals("hush", reader.secret("client.secret").orElseThrow().reveal());
    assertEquals("********", reader.effective().get("client.secret"));
    assertFalse(reader.settings().toString().contains("hush"));
    assertFalse(problems(reader).toString().contains("hush"));
  }

  @Test
  void secretThatIsNotSet_isNotThere() throws InvalidConfigurationException {
    ConfigReader reader = reader("client.secret", " ");

    assertEquals(Optional.empty(), reader.secret("client.secret"));
    assertFalse(reader.effective().containsKey("client.secret"));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a secret that only looks like a placeholder is not shown")
  @CsvSource({
    // a reference is named, as it is no secret
    "${env:NONE}, ${env:NONE}",
    "hush${env:NONE}hush, ${env:NONE}",
    "${file:/run/none}, ${file:/run/none}",
    // anything else may be a part of the secret itself
    "${hush}, ${...}",
    "a${hush, ${...}",
    "${env:hush, ${...}",
    "${hush:hush}, ${...}",
    "${envhush:PW}, ${...}",
  })
  void secretThatDoesNotResolve_isNotShown(String text, String shown) {
    ConfigReader reader = reader(WORLD, "client.secret", text, "plug.in.password", text);

    assertEquals(Optional.empty(), reader.secret("client.secret"));
    assertEquals(Map.of(), reader.below("plug.in."));
    assertEquals(
        List.of(
            "client.secret: cannot resolve '" + shown + "'.",
            "plug.in.password: cannot resolve '" + shown + "'."),
        problems(reader));
  }

  @Test
  @DisplayName("CFG-01: an unknown setting is named, its value is not")
  void unknownSecret_isNotShown() {
    ConfigReader reader = reader("client.sekret", "hush", "clientsecret", "${hush}");
    reader.secret("client.secret");

    assertEquals(
        List.of(
            "Unknown setting 'client.sekret'. Did you mean 'client.secret'?",
            "Unknown setting 'clientsecret'. Did you mean 'client.secret'?"),
        problems(reader));
  }

  @Test
  void plugInSettings_areMaskedUnlessReadByType() throws InvalidConfigurationException {
    ConfigReader reader =
        reader("audit.siem.class", "x.Y", "audit.siem.password", "hush", "audit.siem.empty", " ");

    reader.string("audit.siem.class");
    Map<String, String> values = reader.below("audit.siem");

    assertEquals(Map.of("class", "x.Y", "password", "hush"), values);
    assertEquals("x.Y", reader.effective().get("audit.siem.class"));
    assertEquals("********", reader.effective().get("audit.siem.password"));
    reader.finish();
  }

  @Test
  void source_doesNotPrintValues() {
    PropertySource source = TestingConfig.source("client.secret", "hush");

    assertTrue(source.toString().contains("client.secret"));
    assertFalse(source.toString().contains("hush"));
  }
}
