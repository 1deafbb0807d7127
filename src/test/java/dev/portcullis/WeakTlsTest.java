/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authorization servers that speak TLS too old or too weak, in a Java that would let them. */
class WeakTlsTest {

  private static final List<String> WEAK =
      List.of(
          "TLSv1",
          "TLSv1.1",
          "TLS_ECDHE_ECDSA_WITH_NULL_SHA",
          "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
          "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA");
  private static final List<String> STRONG =
      List.of("TLSv1.2", "TLSv1.3", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");

  /** What other clients would take their versions and suites from. */
  private static final List<String> PROPERTIES =
      List.of("jdk.tls.client.protocols", "https.protocols");

  private static final List<String> SUITE_PROPERTIES =
      List.of("jdk.tls.client.cipherSuites", "https.cipherSuites");

  /**
   * A suite that TLS 1.0 has as well, so that only the version stands in its way, and one of 1.3.
   */
  private static final String OLD_AND_NEW =
      ",TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,TLS_AES_128_GCM_SHA256";

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "CFG-08, DIS-10: old versions, NULL, RC4 and 3DES are 503 even where this Java allows them")
  void weakServer_isNotTalkedTo() throws Exception {
    List<String> expected = new ArrayList<>();
    WEAK.forEach(name -> expected.add("RESULT " + name + " " + name + " 503 0"));
    STRONG.forEach(name -> expected.add("RESULT " + name + " " + name + " 200 1"));
    assertEquals(expected, results());
  }

  private static String joined(List<String> names, Predicate<String> wanted) {
    return names.stream().filter(wanted).collect(Collectors.joining(","));
  }

  private List<String> results() throws Exception {
    Path security = folder.resolve("lax.security");
    Files.writeString(
        security,
        "jdk.tls.disabledAlgorithms=\njdk.tls.legacyAlgorithms=\n"
            + "jdk.certpath.disabledAlgorithms=\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.security.properties=" + security);
    List<String> names = Stream.concat(WEAK.stream(), STRONG.stream()).toList();
    String versions = joined(names, name -> name.startsWith("TLSv"));
    String suites = joined(names, name -> name.startsWith("TLS_")) + OLD_AND_NEW;
    PROPERTIES.forEach(property -> command.add("-D" + property + "=" + versions));
    SUITE_PROPERTIES.forEach(property -> command.add("-D" + property + "=" + suites));
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(LaxJava.class.getName());
    command.add(folder.toString());
    command.addAll(WEAK);
    command.addAll(STRONG);
    Path said = folder.resolve("said");
    Process lax =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertTrue(lax.waitFor(2, TimeUnit.MINUTES));
    } finally {
      lax.destroyForcibly();
    }
    String text = Files.readString(said, StandardCharsets.UTF_8);
    List<String> results = text.lines().filter(line -> line.startsWith("RESULT ")).toList();
    assertTrue(!results.isEmpty(), text);
    return results;
  }
}
