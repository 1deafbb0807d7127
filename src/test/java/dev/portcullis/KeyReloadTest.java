/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.Load;
import dev.portcullis.testing.PemText;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthority;
import dev.portcullis.testing.TestingAuthority.Issued;
import dev.portcullis.testing.TestingAuthority.Status;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key pairs and trusted certificates that are replaced, or run out, while requests run. */
class KeyReloadTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static final String GOOD = "Authorization: Bearer good";
  private static final String YES = "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}";

  @TempDir private Path folder;
  private Path authority;

  @BeforeEach
  void writeAuthority() throws Exception {
    authority = folder.resolve("authority.pem");
    Files.writeString(authority, PemText.of(CERTIFICATES.authority()));
  }

  private void replace(Path file, byte[] content) throws Exception {
    Path next = Files.write(folder.resolve("next"), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] keyPair(String form, Server identity) throws Exception {
    Path store = CERTIFICATES.keyStore(identity);
    if (form.equals("p12")) {
      return Files.readAllBytes(store);
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), password());
    String pem =
        PemText.of((PrivateKey) keys.getKey("server", password()))
            + PemText.of((X509Certificate) keys.getCertificate("server"));
    return pem.getBytes(StandardCharsets.US_ASCII);
  }

  private static char[] password() {
    return TestingCertificates.PASSWORD.toCharArray();
  }

  private TestingApplication.Builder builder(TestingAuthorizationServer server, String interval) {
    return TestingApplication.builder()
        .asking(server.url("/introspect"))
        .with("failover.max-retries", "0")
        .with("failover.failed-retry-timeout", "0")
        .with("as.trusted-certificate-group", "corp")
        .with("trust.corp.certificates", authority.toString())
        .with("reload.interval", interval);
  }

  private TestingApplication.Builder mutual(
      TestingAuthorizationServer server, String interval, Path keyPair) {
    return builder(server, interval)
        .with("client.credentials-type", "mutual-tls")
        .with("client.secret", "")
        .with("client.key-pair", "rs")
        .with("key-pair.rs.file", keyPair.toString())
        .with("key-pair.rs.password", TestingCertificates.PASSWORD);
  }

  private static AuditEvent system(Journal journal, String kind, int number) {
    return journal
        .await(number, event -> Journal.text(event, AuditField.KIND).equals(kind))
        .get(number - 1);
  }

  private static TestingAuthorizationServer mutualServer() throws Exception {
    return TestingAuthorizationServer.mutual(CERTIFICATES.mutualContext(Server.GOOD))
        .token("good", YES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p12", "pem"})
  @DisplayName("CAU-07: no request fails while the key pair is replaced, and the server sees it")
  void keyPairReplacedUnderLoad_failsNoRequest(String form) throws Exception {
    Path file = Files.write(folder.resolve("rs." + form), keyPair(form, Server.GOOD));
    try (TestingAuthorizationServer server = mutualServer();
        CapturedLog log = CapturedLog.of("dev.portcullis")) {
      TestingApplication.Builder builder = mutual(server, "1", file);
      try (TestingApplication application = builder.start()) {
        try (Load load = Load.of(4, () -> application.get("/r", GOOD).status())) {
          load.awaitMore(20);
          replace(file, keyPair(form, Server.WRONG_HOST));
          AuditEvent told = system(builder.journal(), "file-reloaded", 1);
          assertEquals("key-pair.rs.file", Journal.text(told, AuditField.DETAIL));
          load.awaitMore(20);
          replace(file, new byte[] {1});
          AuditEvent alarm = system(builder.journal(), "file-unusable", 1);
          String detail = Journal.text(alarm, AuditField.DETAIL);
          assertTrue(detail.startsWith("key-pair.rs.file: "), detail);
          load.awaitMore(20);
          assertEquals(List.of(200), load.stop());
        }
        assertEquals(200, application.get("/r", GOOD).status());
      }
      List<X509Certificate> shown = server.shown();
      assertEquals(CERTIFICATES.certificate(Server.GOOD), shown.get(0));
      assertEquals(CERTIFICATES.certificate(Server.WRONG_HOST), shown.get(shown.size() - 1));
      assertEquals(1, log.linesAt(Level.SEVERE).size(), log::text);
    }
  }

  @Test
  @DisplayName("INT-03: replaced trust accepts the new authority, and then refuses the old one")
  void trustReplacedUnderLoad_isWhatItsFileHolds() throws Exception {
    X509Certificate other = other();
    try (TestingAuthorizationServer old =
            TestingAuthorizationServer.secured(CERTIFICATES.context(Server.GOOD))
                .token("good", YES);
        TestingAuthorizationServer next =
            TestingAuthorizationServer.secured(CERTIFICATES.context(Server.UNTRUSTED))
                .token("good", YES)) {
      TestingApplication.Builder first = builder(old, "1");
      TestingApplication.Builder second = builder(next, "1");
      try (TestingApplication toOld = first.start();
          TestingApplication toNext = second.start()) {
        assertEquals(503, toNext.get("/r", GOOD).status());
        try (Load load = Load.of(4, () -> toOld.get("/r", GOOD).status())) {
          load.awaitMore(20);
          String both = PemText.of(CERTIFICATES.authority()) + PemText.of(other);
          replace(authority, both.getBytes(StandardCharsets.US_ASCII));
          AuditEvent told = system(first.journal(), "file-reloaded", 1);
          assertEquals("trust.corp.certificates", Journal.text(told, AuditField.DETAIL));
          load.awaitMore(20);
          assertEquals(List.of(200), load.stop());
        }
        system(second.journal(), "file-reloaded", 1);
        assertEquals(200, toNext.get("/r", GOOD).status());
        replace(authority, PemText.of(other).getBytes(StandardCharsets.US_ASCII));
        system(first.journal(), "file-reloaded", 2);
        system(second.journal(), "file-reloaded", 2);
        assertEquals(503, toOld.get("/r", GOOD).status());
        assertEquals(200, toNext.get("/r", GOOD).status());
      }
    }
  }

  private static X509Certificate other() throws Exception {
    KeyStore store = KeyStore.getInstance(CERTIFICATES.otherTrustStore().toFile(), password());
    return (X509Certificate) store.getCertificate("other");
  }

  @Test
  @DisplayName("INT-03: a broken trust file changes nothing, with one ERROR and one alarm")
  void brokenTrustFile_changesNothing() throws Exception {
    try (TestingAuthorizationServer server =
            TestingAuthorizationServer.secured(CERTIFICATES.context(Server.GOOD))
                .token("good", YES);
        CapturedLog log = CapturedLog.of("dev.portcullis")) {
      TestingApplication.Builder builder = builder(server, "1");
      try (TestingApplication application = builder.start()) {
        replace(authority, new byte[0]);
        AuditEvent alarm = system(builder.journal(), "file-unusable", 1);
        String detail = Journal.text(alarm, AuditField.DETAIL);
        assertTrue(detail.startsWith("trust.corp.certificates: "), detail);
        assertEquals(200, application.get("/r", GOOD).status());
        assertEquals(1, log.linesAt(Level.SEVERE).size(), log::text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "password"})
  @DisplayName("CAU-07: a key pair and the file of its password are replaced one after the other")
  void passwordFile_isReadWithTheKeyPair(String firstReplaced) throws Exception {
    Path file = Files.write(folder.resolve("rs.p12"), keyPair("p12", Server.GOOD));
    Path password = Files.writeString(folder.resolve("pw"), TestingCertificates.PASSWORD);
    KeyStore keys = KeyStore.getInstance(file.toFile(), password());
    KeyStore renewed = KeyStore.getInstance("PKCS12");
    renewed.load(null, null);
    renewed.setKeyEntry(
        "server",
        keys.getKey("server", password()),
        "other-pw".toCharArray(),
        keys.getCertificateChain("server"));
    try (TestingAuthorizationServer server = mutualServer()) {
      TestingApplication.Builder builder =
          mutual(server, "1", file).with("key-pair.rs.password", "${file:" + password + "}");
      try (TestingApplication application = builder.start()) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        renewed.store(content, "other-pw".toCharArray());
        if (firstReplaced.equals("key")) {
          replace(file, content.toByteArray());
        } else {
          replace(password, "other-pw".getBytes(StandardCharsets.US_ASCII));
        }
        system(builder.journal(), "file-unusable", 1);
        assertEquals(200, application.get("/r", GOOD).status());
        if (firstReplaced.equals("key")) {
          replace(password, "other-pw".getBytes(StandardCharsets.US_ASCII));
        } else {
          replace(file, content.toByteArray());
        }
        system(builder.journal(), "file-reloaded", 1);
        assertEquals(200, application.get("/r", GOOD).status());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mutual-tls", "private-key-jwt"})
  @DisplayName("CAU-07: a certificate that runs out raises one alarm, and no other method is tried")
  void certificateThatRunsOut_raisesAnAlarm(String type) throws Exception {
    boolean shows = type.equals("mutual-tls");
    try (TestingAuthority root = TestingAuthority.root("root");
        CapturedLog log = CapturedLog.of("dev.portcullis")) {
      Issued own = root.server("as", Status.NOWHERE);
      Files.writeString(authority, PemText.of(root.certificate()));
      try (TestingAuthorizationServer server =
          (shows
                  ? TestingAuthorizationServer.mutual(own.trusting(root.certificate()))
                  : TestingAuthorizationServer.secured(own.context()))
              .token("good", YES)) {
        Instant end = Instant.now().plusSeconds(5);
        Issued issued = root.server("rs", Status.NOWHERE, end.minusSeconds(3600), end);
        Path file = folder.resolve("rs.pem");
        Files.writeString(file, PemText.of(issued.key()) + PemText.of(issued.certificate()));
        TestingApplication.Builder builder =
            mutual(server, shows ? "1" : "2", file)
                .with("client.credentials-type", type)
                .with("as.issuer", "https://as.example.com")
                .with("http.keep-alive", "0");
        try (TestingApplication application = builder.start()) {
          assertEquals(200, application.get("/r", GOOD).status());
          String loaded =
              Journal.text(
                  system(builder.journal(), "configuration-loaded", 1), AuditField.SETTINGS);
          String described = "client.key-pair=rs: " + described(issued.certificate());
          assertTrue(loaded.contains(described), loaded);
          AuditEvent alarm = system(builder.journal(), "certificate-expired", 1);
          assertEquals(
              "client.key-pair: the certificate has expired: "
                  + described(issued.certificate())
                  + ".",
              Journal.text(alarm, AuditField.DETAIL));
          // A server that resumes the session does not look at the certificate again.
          int status = application.get("/r", GOOD).status();
          assertTrue(status == 200 || (shows && status == 503), () -> status + " is neither");
          for (RecordedRequest request : server.requests()) {
            assertTrue(request.header("Authorization").isEmpty());
            assertTrue(request.parameter("client_secret").isEmpty());
            assertEquals(!shows, request.parameter("client_assertion").isPresent());
          }
          for (X509Certificate shown : server.shown()) {
            assertEquals(issued.certificate(), shown);
          }
          assertEquals(1, log.text().split("has expired: CN", -1).length - 1, log::text);
        }
      }
    }
  }

  private static String described(X509Certificate certificate) {
    return "CN=rs, serial "
        + certificate.getSerialNumber().toString(16)
        + ", valid until "
        + certificate.getNotAfter().toInstant();
  }

  @Test
  @DisplayName("CAU-07: a key store that lacks the alias stops the start")
  void keyStoreWithoutTheAlias_stopsTheStart() throws Exception {
    Path file = CERTIFICATES.keyStore(Server.GOOD);
    TestingApplication.Builder builder;
    try (TestingAuthorizationServer server = mutualServer()) {
      builder = mutual(server, "0", file).with("key-pair.rs.alias", "nobody");
    }
    assertEquals(
        List.of("key-pair.rs.alias: '" + file + "' holds no key named 'nobody'."),
        StartProblems.of(builder));
  }
}
