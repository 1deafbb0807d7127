/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.TestingApplication;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The init-param {@code config-file}, which is a setting like the others and names the rest. */
class ConfigFileTest {

  private static final String SETTINGS =
      """
      as.introspection-endpoint = http://127.0.0.1:1/introspect
      as.secure = false
      challenge.realm = from the file
      """;

  @TempDir Path folder;

  @Test
  void file_isRead() throws Exception {
    TestingApplication.Builder builder = builder(file().toString());

    assertEquals(List.of("Bearer realm=\"from the file\""), challenges(builder));
    assertEquals(file().toString(), effective(builder).get("config-file"));
  }

  @Test
  void initParam_winsOverTheFile() throws Exception {
    TestingApplication.Builder builder = builder(file().toString()).with("challenge.realm", "mine");

    assertEquals(List.of("Bearer realm=\"mine\""), challenges(builder));
  }

  @Test
  void placeholderInItsName_isResolved() throws Exception {
    String property = "portcullis.test." + folder.getFileName();
    System.setProperty(property, file().getParent().toString());
    try {
      TestingApplication.Builder builder =
          builder("${sys:" + property + "}/" + file().getFileName());

      assertEquals(List.of("Bearer realm=\"from the file\""), challenges(builder));
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  @DisplayName(
      "CFG-01, CFG-03: a mistake in the file stops the start, and only that is complained of")
  void mistakeInTheFile_stopsTheStart() throws IOException {
    Files.writeString(file(), "challenge.relm = x\n" + SETTINGS);
    TestingApplication.Builder builder = builder(file().toString());
    builder.guarding("/*");

    String message = assertThrows(ServletException.class, builder::startAsItIs).getMessage();

    assertEquals(
        "Unknown setting 'challenge.relm'. Did you mean 'challenge.realm'?",
        message.lines().skip(1).reduce("", String::concat));
  }

  private Path file() throws IOException {
    Path file = folder.resolve("portcullis.properties");
    return Files.exists(file) ? file : Files.writeString(file, SETTINGS);
  }

  private static TestingApplication.Builder builder(String configFile) {
    return TestingApplication.builder().with("config-file", configFile);
  }

  private static List<String> challenges(TestingApplication.Builder builder) throws Exception {
    try (TestingApplication application = builder.start()) {
      return application.get("/r").challenges();
    }
  }

  private static Map<?, ?> effective(TestingApplication.Builder builder) {
    return builder.journal().events().stream()
        .flatMap(event -> event.get(AuditField.SETTINGS).stream())
        .map(settings -> (Map<?, ?>) settings)
        .findFirst()
        .orElseThrow();
  }
}
