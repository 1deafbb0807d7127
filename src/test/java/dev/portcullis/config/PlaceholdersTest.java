/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import static dev.portcullis.config.TestingConfig.problems;
import static dev.portcullis.config.TestingConfig.reader;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

  private static final Map<String, String> WORLD =
      Map.of(
          "env:HOST", "as1",
          "sys:port", "9031",
          "file:/run/x", "content",
          "env:EMPTY", "",
          "env:BLANK", " \n",
          "env:NESTED", "${env:HOST}",
          "env:DOLLAR", "$",
          "env:a:b", "colon");

  @ParameterizedTest
  @CsvSource({
    "${env:HOST}, as1",
    "${env:HOST}:${sys:port}, as1:9031",
    "a-${file:/run/x}-b, a-content-b",
    "${env:HOST}${env:HOST}, as1as1",
    "${env:a:b}, colon",
    "x${env:EMPTY}y, xy",
    // what it stands for is not looked through again, neither alone nor together with what follows
    "${env:NESTED}, ${env:HOST}",
    "${env:DOLLAR}{env:HOST}, ${env:HOST}",
    // literal
    "$${env:HOST}, ${env:HOST}",
    "a$${b, a${b",
    "$${, ${",
    "$$${env:HOST}, $${env:HOST}",
    "$${${env:HOST}}, ${as1}",
    // no placeholder at all
    "$, $",
    "a$b, a$b",
    "{env:HOST}, {env:HOST}",
    "$ {env:HOST}, $ {env:HOST}",
    "}, }",
    "a$, a$",
    "$$, $$",
  })
  void value_isResolved(String text, String expected) throws InvalidConfigurationException {
    ConfigReader reader = reader(WORLD, "a.b", text);

    assertEquals(Optional.of(expected), reader.string("a.b"));
    reader.finish();
  }

  @ParameterizedTest
  @DisplayName("CFG-01: a placeholder without a value stops the start")
  @CsvSource({
    "${env:NONE}, ${env:NONE}",
    "${sys:NONE}, ${sys:NONE}",
    "${file:/none}, ${file:/none}",
    "a${env:HOST}b${env:NONE}c${env:ALSO}, ${env:NONE}",
    "${env:host}, ${env:host}",
    "${env: HOST}, ${env: HOST}",
    "${env:}, ${env:}",
    "${ENV:HOST}, ${ENV:HOST}",
    "${jndi:ldap://x}, ${jndi:ldap://x}",
    "${HOST}, ${HOST}",
    "${}, ${}",
    "${:HOST}, ${:HOST}",
    "${env:HOST, ${env:HOST",
    "${, ${",
    "${env:${env:HOST}}, ${env:${env:HOST}",
  })
  void placeholderWithoutValue_isAMistake(String text, String shown) {
    ConfigReader reader = reader(WORLD, "a.b", text);

    assertEquals("default", reader.string("a.b", "default"));
    assertEquals(List.of("a.b: cannot resolve '" + shown + "'."), problems(reader));
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env:EMPTY}", "${env:BLANK}", " ${env:EMPTY} ${env:BLANK}"})
  void placeholderForNothing_isNotSet(String text) throws InvalidConfigurationException {
    ConfigReader reader = reader(WORLD, "a.b", text, "a.secret", text);

    assertEquals(Optional.empty(), reader.string("a.b"));
    assertEquals(Optional.empty(), reader.secret("a.secret"));
    reader.finish();
  }

  @Test
  void placeholder_worksForEveryKindOfValue() throws InvalidConfigurationException {
    Map<String, String> world =
        Map.of("env:N", " 5\n", "env:B", "on", "env:L", "a,b", "env:T", "2m", "env:S", "hush");
    ConfigReader reader =
        reader(
            world,
            "n",
            "${env:N}",
            "b",
            "${env:B}",
            "l",
            "${env:L},c",
            "t",
            "${env:T}",
            "s",
            "${env:S}",
            "plug.in.x",
            "${env:S}");

    assertEquals(5, reader.integer("n", 1, 1, 9));
    assertEquals(true, reader.flag("b", false));
    assertEquals(List.of("a", "b", "c"), reader.list("l"));
    assertEquals(120, reader.seconds("t", 1, 1, 999).toSeconds());
    assertEquals("hush", reader.secret("s").orElseThrow().reveal());
    assertEquals(Map.of("x", "hush"), reader.below("plug.in"));
    reader.finish();
  }

  @Test
  void placeholder_asksTheMachine(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "geheim \n\n");
    Placeholders placeholders = Placeholders.ofThisMachine();
    String name = System.getenv().keySet().iterator().next();

    assertEquals(System.getenv(name), placeholders.resolve("${env:" + name + "}", false));
    assertEquals(
        System.getProperty("java.version"), placeholders.resolve("${sys:java.version}", false));
    assertEquals("geheim \n", placeholders.resolve("${file:" + file + "}", true));
  }

  @ParameterizedTest
  @CsvSource({
    "'a', 'a'",
    "'a\n', 'a'",
    "'a\r\n', 'a'",
    "'a\r', 'a'",
    "'a\n\n', 'a\n'",
    "'a\r\n\r\n', 'a\r\n'",
    "'\n', ''",
    "'', ''",
    "'a\nb', 'a\nb'",
    "'é😀', 'é😀'",
  })
  void file_losesOneTrailingLineBreak(String content, String expected, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("f"), content);

    assertEquals(Optional.of(expected), ReferencedFile.read(file.toString()));
  }

  @Test
  void fileThatCannotBeRead_hasNoContent(@TempDir Path folder) throws IOException {
    Path latin = Files.write(folder.resolve("latin"), "é".getBytes(StandardCharsets.ISO_8859_1));
    Path largest = Files.write(folder.resolve("largest"), new byte[1 << 20]);
    Path larger = Files.write(folder.resolve("larger"), new byte[(1 << 20) + 1]);

    assertEquals(Optional.empty(), ReferencedFile.read(folder.resolve("none").toString()));
    assertEquals(Optional.empty(), ReferencedFile.read(folder.toString()));
    assertEquals(Optional.empty(), ReferencedFile.read(latin.toString()));
    assertEquals(1 << 20, ReferencedFile.read(largest.toString()).orElseThrow().length());
    assertEquals(Optional.empty(), ReferencedFile.read(larger.toString()));
    assertEquals(Optional.empty(), ReferencedFile.read("pom.xml"));
    assertEquals(Optional.empty(), ReferencedFile.read("/a\0b"));
  }
}
