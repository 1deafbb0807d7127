/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static dev.portcullis.config.TestingConfig.problems;
import static dev.portcullis.config.TestingConfig.reader;
import static dev.portcullis.config.TestingConfig.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

  private enum Level {
    OFF,
    ENABLED,
    PRIVATE_KEY_JWT
  }

  @Test
  void firstSourceThatHasTheKey_wins() throws InvalidConfigurationException {
    ConfigReader reader =
        new ConfigReader(
            List.of(
                source("as.a", "1", "as.l", "x"), source("as.a", "2", "as.b", "3", "as.l", "y z")));

    assertEquals(Optional.of("1"), reader.string("as.a"));
    assertEquals(Optional.of("3"), reader.string("as.b"));
    assertEquals(List.of("x"), reader.list("as.l"));
    reader.finish();
  }

  @Test
  void emptyValue_isNotSet() throws InvalidConfigurationException {
    ConfigReader reader =
        new ConfigReader(
            List.of(
                source("a", "", "b", " \t\n", "n", "", "f", ""), source("a", "below", "c", " ")));

    assertEquals(Optional.of("below"), reader.string("a"));
    assertEquals(Optional.empty(), reader.string("b"));
    assertEquals("default", reader.string("c", "default"));
    assertEquals(7, reader.integer("n", 7, 0, 9));
    assertTrue(reader.flag("f", true));
    assertTrue(reader.isSet("a"));
    assertFalse(reader.isSet("b"));
    assertFalse(reader.isSet("d"));
    reader.finish();
  }

  @Test
  void keyWithAnyValue_isSet() {
    Map<String, String> world = Map.of("env:EMPTY", " ", "env:FULL", "x");
    ConfigReader reader =
        reader(world, "e", "${env:EMPTY}", "f", "${env:FULL}", "n", "${env:NONE}");

    assertFalse(reader.isSet("e"));
    assertTrue(reader.isSet("f"));
    assertTrue(reader.isSet("n"));
  }

  @Test
  void whiteSpaceAroundValue_isRemoved() throws InvalidConfigurationException {
    ConfigReader reader =
        reader(
            "s",
            "\n   a  b\t ",
            "i",
            " 5 ",
            "f",
            " on\n",
            "e",
            " off ",
            "t",
            " 5s ",
            "x",
            "\tpw\n");

    assertEquals(Optional.of("a  b"), reader.string("s"));
    assertEquals(5, reader.integer("i", 1, 1, 9));
    assertTrue(reader.flag("f", false));
    assertEquals(Level.OFF, reader.choice("e", Level.ENABLED));
    assertEquals(5, reader.seconds("t", 1, 1, 9).toSeconds());
    assertEquals("pw", reader.secret("x").orElseThrow().reveal());
    reader.finish();
  }

  @ParameterizedTest
  @CsvSource({
    "true, true",
    "TRUE, true",
    "on, true",
    "On, true",
    "yes, true",
    "false, false",
    "off, false",
    "OFF, false",
    "no, false",
    "No, false",
  })
  void booleanWord_isRead(String word, boolean expected) throws InvalidConfigurationException {
    ConfigReader reader = reader("as.secure", word);

    assertEquals(expected, reader.flag("as.secure", !expected));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a value that is no boolean stops the start")
  @ValueSource(strings = {"1", "0", "t", "y", "enabled", "truе", "true false", "\"true\"", "null"})
  void otherWord_isNoBoolean(String word) {
    ConfigReader reader = reader("as.secure", word);

    assertTrue(reader.flag("as.secure", true));
    assertEquals(List.of("as.secure: must be true or false."), problems(reader));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "999, 999", "1000, 1000", "007, 7"})
  void numberWithinBounds_isRead(String text, int expected) throws InvalidConfigurationException {
    ConfigReader reader = reader("http.max-connections", text);

    assertEquals(expected, reader.integer("http.max-connections", 50, 1, 1000));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a number out of range stops the start")
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1001",
        "1000000000000",
        "4294967297",
        "18446744073709551617",
        "-4294967295",
        "100000000000000000000000000000000000000000000000001",
      })
  void numberOutOfBounds_isAMistake(String text) {
    ConfigReader reader = reader("http.max-connections", text);

    assertEquals(50, reader.integer("http.max-connections", 50, 1, 1000));
    assertEquals(List.of("http.max-connections: must be between 1 and 1000."), problems(reader));
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a value that is no whole number stops the start")
  @ValueSource(
      strings = {"+1", "1.0", "1e3", "0x10", "ten", "-", "--1", "1 000", "1,000", "5s", "١", "１"})
  void otherText_isNoWholeNumber(String text) {
    ConfigReader reader = reader("http.max-connections", text);

    assertEquals(50, reader.integer("http.max-connections", 50, 1, 1000));
    assertEquals(List.of("http.max-connections: must be a whole number."), problems(reader));
  }

  @Test
  void numberWithoutDefault_mayBeMissing() {
    ConfigReader reader = reader("proxy.port", "65535", "bad.port", "65536");

    assertEquals(Optional.of(65535), reader.integer("proxy.port", 1, 65535));
    assertEquals(Optional.empty(), reader.integer("no.port", 1, 65535));
    assertEquals(Optional.empty(), reader.integer("bad.port", 1, 65535));
    assertEquals(List.of("bad.port: must be between 1 and 65535."), problems(reader));
  }

  @Test
  void numberUpToTheLargestInt_doesNotWrap() {
    ConfigReader reader = reader("a", "2147483647", "b", "2147483648", "c", "-1");

    assertEquals(2147483647, reader.integer("a", 1, 0, Integer.MAX_VALUE));
    assertEquals(1, reader.integer("b", 1, 0, Integer.MAX_VALUE));
    assertEquals(1, reader.integer("c", 1, 0, Integer.MAX_VALUE));
    assertEquals(
        List.of("b: must be between 0 and 2147483647.", "c: must be between 0 and 2147483647."),
        problems(reader));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b,a,c",
        "b, a , c",
        "b a c",
        "b\na\r\n\tc",
        ",b,,a ,, c,",
        "b,a,b,c,a",
        "b,\n  a,\n  c"
      })
  void list_keepsOrderAndDropsRepetitions(String text) throws InvalidConfigurationException {
    ConfigReader reader = reader("as.targets", text);

    assertEquals(List.of("b", "a", "c"), reader.list("as.targets", List.of("x")));
    reader.finish();
  }

  @Test
  void listThatIsNotSet_isItsDefault() throws InvalidConfigurationException {
    ConfigReader reader = reader();

    assertEquals(List.of(), reader.list("a"));
    assertEquals(List.of("x", "y"), reader.list("b", List.of("x", "y")));
    reader.finish();
  }

  @Test
  void listOfSeparatorsOnly_isEmpty() throws InvalidConfigurationException {
    ConfigReader reader = reader("a", ", ,");

    assertEquals(List.of(), reader.list("a", List.of("x")));
    reader.finish();
  }

  @ParameterizedTest
  @CsvSource({
    "off, OFF",
    "OFF, OFF",
    "Enabled, ENABLED",
    "private-key-jwt, PRIVATE_KEY_JWT",
    "PRIVATE-KEY-JWT, PRIVATE_KEY_JWT",
    "private_key_jwt, PRIVATE_KEY_JWT",
    "Private_Key_JWT, PRIVATE_KEY_JWT",
  })
  void choice_isReadWithoutRegardToCase(String text, Level expected)
      throws InvalidConfigurationException {
    ConfigReader reader = reader("client.type", text);
    Map<String, Level> aliases = Map.of("private_key_jwt", Level.PRIVATE_KEY_JWT);

    assertEquals(expected, reader.choice("client.type", Level.OFF, aliases));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a word that is not to be chosen stops the start")
  @ValueSource(strings = {"on", "private_key_jwt", "off,enabled", "0", "enablé"})
  void otherWord_isNoChoice(String text) {
    ConfigReader reader = reader("dpop.type", text);

    assertEquals(Level.ENABLED, reader.choice("dpop.type", Level.ENABLED));
    assertEquals(
        List.of("dpop.type: must be one of: off, enabled, private-key-jwt."), problems(reader));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example.com", "HTTPS://as.example.com/x?y=z#f", "https://as.example.com:1/",
        "https://as.example.com:65535", "https://[2001:db8::1]:8443/r", "http://127.0.0.1:9031/as",
      })
  void absoluteUrl_isRead(String text) throws InvalidConfigurationException {
    ConfigReader reader = reader("as.issuer", text);

    assertEquals(
        Optional.of(URI.create(text)), reader.url("as.issuer", Set.of("https", "http"), "no"));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a value that is not such a URL stops the start, and is not quoted")
  @ValueSource(
      strings = {
        "as.example.com",
        "//as.example.com/",
        "/path",
        "http://as.example.com",
        "ftp://as.example.com",
        "https:as.example.com",
        "https:///path",
        "https://",
        "https://as.example.com:0",
        "https://as.example.com:65536",
        "https://as.example.com:99999999999",
        "https://a b/",
        "https://user:hush@as.example.com/",
        "https://as.example.com/ü",
        "https://as_1/",
        "https://%zz/",
        "https://as.example.com\\@evil.example",
        "javascript:alert(1)",
      })
  void otherText_isNoUrl(String text) {
    ConfigReader reader = reader("as.issuer", text);

    assertEquals(Optional.empty(), reader.url("as.issuer", Set.of("https"), "must be a URL."));
    assertEquals(List.of("as.issuer: must be a URL."), problems(reader));
    assertTrue(reader.isFaulty("as.issuer"));
  }

  @Test
  @DisplayName("CFG-01: all mistakes are reported together, in order, each once")
  void allMistakes_areReportedTogether() {
    ConfigReader reader = reader("a", "x", "b", "y", "d", "ok", "zzzz", "1");

    reader.flag("a", true);
    reader.integer("b", 1, 1, 2);
    reader.flag("a", true);
    reader.problem("c", "is required.");
    reader.string("d");

    assertEquals(
        List.of(
            "a: must be true or false.",
            "b: must be a whole number.",
            "c: is required.",
            "Unknown setting 'zzzz'."),
        problems(reader));
    assertTrue(reader.isFaulty("a"));
    assertTrue(reader.isFaulty("c"));
    assertFalse(reader.isFaulty("d"));
  }

  @Test
  void exception_listsOneProblemALine() {
    ConfigReader reader = reader();
    reader.problem("a", "one.");
    reader.problem("b", "two\nlines \u001b[31m.");

    InvalidConfigurationException e =
        assertThrows(InvalidConfigurationException.class, reader::finish);

    assertEquals(List.of("a: one.", "b: two?lines ?[31m."), e.getMessage().lines().toList());
  }

  @Test
  void warning_doesNotStopTheStart() throws InvalidConfigurationException {
    ConfigReader reader = reader();

    reader.warn("as.secure", "is false.");
    reader.finish();

    assertEquals(List.of("as.secure: is false."), reader.warnings());
    assertFalse(reader.isFaulty("as.secure"));
  }
}
