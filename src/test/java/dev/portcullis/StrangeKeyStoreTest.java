/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.DefaultTrust;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that names a key store of its own, as GlassFish 8 does, in a Java of its own: there the
 * default TLS context cannot be made.
 */
@DisplayName("HTTP-21: the TLS context is the filter's own")
class StrangeKeyStoreTest {

  private static final String KEY_STORE = "-Djavax.net.ssl.keyStore=";

  @TempDir private Path folder;

  @Test
  void keyStoreWithoutItsPassword_isNotLookedAt() throws Exception {
    TestingCertificates certificates = TestingCertificates.shared();

    assertWorks(KEY_STORE + certificates.keyStore(Server.GOOD));
  }

  @Test
  void keyStoreThatIsNone_isNotLookedAt() throws Exception {
    assertWorks(KEY_STORE + Files.writeString(folder.resolve("garbage"), "garbage"));
  }

  /** The authorization server's certificate is trusted by the default store, as documented. */
  private void assertWorks(String option) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(option);
    command.add("-Djavax.net.ssl.keyStoreType=PKCS12");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(StrangeKeyStoreTest.class.getName());
    Path said = folder.resolve("said");
    Process strange =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertTrue(strange.waitFor(2, TimeUnit.MINUTES));
    } finally {
      strange.destroyForcibly();
    }
    String text = Files.readString(said, StandardCharsets.UTF_8);
    assertEquals(
        List.of("RESULT broken 200 401 broken"),
        text.lines().filter(line -> line.startsWith("RESULT ")).toList(),
        text);
  }

  /**
   * What this Java's own context is, and what the filter makes of a good and of an unknown token.
   */
  public static void main(String[] arguments) throws Exception {
    UnaryOperator<String> line = statuses -> "RESULT " + ownContext() + statuses + ownContext();
    DefaultTrust trust = DefaultTrust.in(TestingCertificates.shared().trustStore());
    try (trust;
        TestingAuthorizationServer server =
            TestingAuthorizationServer.secured(TestingCertificates.shared().context(Server.GOOD))
                .token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}")
                .token("bad", "{\"active\":false}");
        TestingApplication application =
            TestingApplication.builder().asking(server.url("/introspect")).start()) {
      int good = application.get("/r", "Authorization: Bearer good").status();
      int bad = application.get("/r", "Authorization: Bearer bad").status();
      System.out.println(line.apply(" " + good + " " + bad + " "));
    }
    System.exit(0);
  }

  private static String ownContext() {
    try {
      return SSLContext.getDefault().getProtocol();
    } catch (GeneralSecurityException e) {
      return "broken";
    }
  }
}
