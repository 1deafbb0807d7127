/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static dev.portcullis.config.TestingConfig.problems;
import static dev.portcullis.config.TestingConfig.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesFileTest {

  private static final String NAME = "/WEB-INF/portcullis.properties";

  private static PropertiesFile read(String content) {
    return PropertiesFile.read(
        NAME, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void entries_areReadInTheirOrder() {
    PropertiesFile file =
        read(
            "# comment\n"
                + "z.key = v 1 \n"
                + "! comment\n"
                + "a.key: é\\u00e9😀\n"
                + "m.list = x, \\\n"
                + "   y\n"
                + "empty=\n"
                + "alone\n");

    assertEquals(List.of("z.key", "a.key", "m.list", "empty", "alone"), List.copyOf(file.keys()));
    assertEquals(Optional.of("v 1 "), file.get("z.key"));
    assertEquals(Optional.of("éé😀"), file.get("a.key"));
    assertEquals(Optional.of("x, y"), file.get("m.list"));
    assertEquals(Optional.of(""), file.get("empty"));
    assertEquals(Optional.empty(), file.get("none"));
    assertEquals(List.of(), file.problems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing", "\ufeff"})
  void emptyFile_hasNoSettings(String content) {
    assertEquals(0, read(content).keys().size());
    assertEquals(List.of(), read(content).problems());
  }

  @Test
  void byteOrderMark_isNoPartOfTheFirstKey() {
    assertEquals(Optional.of("x"), read("\ufeffas.targets = x").get("as.targets"));
  }

  @Test
  @DisplayName(
      "CFG-01: a setting that is there twice stops the start, and is named without its values")
  void duplicateKey_isAMistake() {
    PropertiesFile file = read("a.b = hush\nc.d = 1\na.b = hush\na.b = hush\nc\\u002ed = 2\n");
    ConfigReader reader = new ConfigReader(List.of(source("a.b", "x"), file));
    reader.string("a.b");
    reader.string("c.d");

    assertEquals(
        List.of("a.b: is set twice in " + NAME + ".", "c.d: is set twice in " + NAME + "."),
        problems(reader));
  }

  @Test
  void sameKeyInTwoSources_isNoMistake() throws InvalidConfigurationException {
    ConfigReader reader = new ConfigReader(List.of(source("a.b", "x"), read("a.b = y")));

    assertEquals(Optional.of("x"), reader.string("a.b"));
    reader.finish();
  }

  @Test
  @DisplayName("CFG-01: a file cannot name another file")
  void configFileInTheFile_isAMistake() {
    ConfigReader reader =
        new ConfigReader(List.of(source("config-file", NAME), read("config-file = other\n")));

    assertEquals(Optional.of(NAME), reader.string("config-file"));
    assertEquals(
        List.of("config-file: must be an init-param, not an entry of " + NAME + "."),
        problems(reader));
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a file that cannot be read stops the start")
  @ValueSource(strings = {"a=\\u00zz", "a=\\u00"})
  void malformedEscape_makesTheFileUnreadable(String content) {
    assertUnreadable(read(content));
  }

  @Test
  @DisplayName("CFG-01: a file that cannot be read stops the start")
  void unreadableFile_isAMistake() {
    byte[] latin = "a = hush\nb = é".getBytes(StandardCharsets.ISO_8859_1);

    assertUnreadable(PropertiesFile.read(NAME, new ByteArrayInputStream(latin)));
    assertUnreadable(PropertiesFile.read(NAME, new BrokenStream()));
    assertUnreadable(PropertiesFile.unreadable(NAME));
  }

  @Test
  @DisplayName("CFG-01: what is wrong with the name of a member does not depend on the file")
  void unreadableFile_hidesNoMistakeInAName() {
    ConfigReader reader =
        new ConfigReader(
            List.of(
                source("trust.Corp.store", "x", "trust.java.store", "y"),
                PropertiesFile.unreadable(NAME)));

    reader.names("trust").forEach(name -> reader.string("trust." + name + ".store"));
    reader.problem("trust.java", "is reserved.");
    reader.problem("trust.other", "is in the file, for all that is known.");

    assertEquals(
        List.of(
            "config-file: cannot read '" + NAME + "'.",
            "trust.Corp: the name must match [a-z0-9][a-z0-9-]*.",
            "trust.java: is reserved."),
        problems(reader));
  }

  private static void assertUnreadable(PropertiesFile file) {
    ConfigReader reader = new ConfigReader(List.of(file));

    assertEquals(List.of("config-file: cannot read '" + NAME + "'."), problems(reader));
    assertFalse(reader.isSet("a"));
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("broken");
    }
  }
}
