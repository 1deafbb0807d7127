/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthority;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trusted certificate groups, client certificates and their reload, through the whole filter. */
class TrustTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static final String GOOD = "Authorization: Bearer good";
  private static final String GROUP = "as.trusted-certificate-group";

  @TempDir private Path folder;
  private Path authority;

  @BeforeEach
  void writeAuthority() throws Exception {
    authority = pem("authority.pem", CERTIFICATES.authority());
  }

  private Path pem(String name, X509Certificate certificate) throws Exception {
    return Files.writeString(folder.resolve(name), pem(certificate));
  }

  private static String pem(X509Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static TestingAuthorizationServer server(Server certificate) throws Exception {
    return TestingAuthorizationServer.secured(CERTIFICATES.context(certificate))
        .token("good", "{\"active\":true,\"sub\":\"alice\"}");
  }

  private static TestingApplication.Builder builder(TestingAuthorizationServer server) {
    return TestingApplication.builder()
        .asking(server.url("/introspect"))
        .with("failover.max-retries", "0")
        .with("failover.failed-retry-timeout", "0")
        .with(GROUP, "corp");
  }

  private static int status(TestingApplication.Builder builder) throws Exception {
    try (TestingApplication application = builder.start()) {
      return application.get("/r", GOOD).status();
    }
  }

  private static List<String> problems(TestingApplication.Builder builder) {
    Throwable fault = assertThrows(Exception.class, () -> builder.start().close());
    while (fault.getCause() != null) {
      fault = fault.getCause();
    }
    return String.valueOf(fault.getMessage()).lines().sorted().toList();
  }

  @Test
  @DisplayName("DIS-10: a named group in PEM, DER, a folder or a store replaces the Java store")
  void group_isWhatItsFilesHold() throws Exception {
    Path der = Files.write(folder.resolve("authority.der"), CERTIFICATES.authority().getEncoded());
    Path mixed = Files.createDirectory(folder.resolve("mixed"));
    Files.copy(authority, mixed.resolve("a.pem"));
    Files.copy(der, mixed.resolve("b.der"));
    try (TestingAuthorizationServer server = server(Server.GOOD)) {
      for (Path place : List.of(authority, der, mixed)) {
        assertEquals(
            200, status(builder(server).with("trust.corp.certificates", place.toString())));
      }
      assertEquals(
          200,
          status(
              builder(server)
                  .with("trust.corp.store", CERTIFICATES.trustStore().toString())
                  .with("trust.corp.store-password", TestingCertificates.PASSWORD)));
      assertEquals(
          200,
          status(
              builder(server)
                  .with("trust.corp.store", jks().toString())
                  .with("trust.corp.store-password", "j-k-s")));
      assertEquals(5, server.requests().size());
    }
  }

  private Path jks() throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setCertificateEntry("authority", CERTIFICATES.authority());
    Path file = folder.resolve("authority.jks");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "j-k-s".toCharArray());
    }
    return file;
  }

  @Test
  @DisplayName("DIS-10: the Java store is trusted beside a group only where that is set")
  void javaTrustStore_doesNotHoldTheAuthority() throws Exception {
    try (TestingAuthorizationServer server = server(Server.GOOD)) {
      assertEquals(503, status(builder(server).with("trust.corp.use-java-trust-store", "true")));
      assertEquals(503, status(builder(server).with(GROUP, "java")));
      assertEquals(List.of(), server.requests());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNTRUSTED, as.trusted-certificate-group",
    "SELF_SIGNED, as.trusted-certificate-group",
    "EXPIRED, as.trusted-certificate-group",
    "WRONG_HOST, http.expected-hostname"
  })
  @DisplayName("INT-03, DIS-10: a wrong certificate is 503, one ERROR, one entry, nothing sent")
  void wrongCertificate_isToldOnceAndToldNothing(Server certificate, String setting)
      throws Exception {
    TestingApplication.Builder builder;
    try (TestingAuthorizationServer server = server(certificate);
        CapturedLog log = CapturedLog.of("dev.portcullis.authserver")) {
      builder = builder(server).with("trust.corp.certificates", authority.toString());
      assertEquals(503, status(builder));
      List<String> errors = log.linesAt(Level.SEVERE);
      assertEquals(1, errors.size(), errors::toString);
      assertTrue(errors.get(0).endsWith("See " + setting + "."), errors::toString);
      assertEquals(List.of(), server.requests());
    }
    List<AuditEvent> entries =
        builder.journal().await(1, event -> event.type() == AuditEvent.Type.AS_REQUEST);
    assertEquals(1, entries.size());
    assertEquals("tls-failed", Journal.text(entries.get(0), AuditField.OUTCOME));
    assertEquals(
        setting, Journal.text(builder.journal().requests(1).get(0), AuditField.FAILED_RULE_NAME));
  }

  @Test
  void dateCheck_canBeLeftOutAndNothingElse() throws Exception {
    try (TestingAuthorizationServer expired = server(Server.EXPIRED);
        TestingAuthorizationServer untrusted = server(Server.UNTRUSTED);
        TestingAuthorizationServer wrongHost = server(Server.WRONG_HOST)) {
      assertEquals(200, status(dateless(expired)));
      assertEquals(503, status(dateless(untrusted)));
      assertEquals(503, status(dateless(wrongHost)));
    }
  }

  private TestingApplication.Builder dateless(TestingAuthorizationServer server) {
    return builder(server)
        .with("trust.corp.certificates", authority.toString())
        .with("trust.corp.skip-certificate-date-check", "true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crl-checking", "ocsp"})
  void unknownRevocationStatus_isDeniedWhereThatIsSet(String method) throws Exception {
    try (TestingAuthorizationServer server = server(Server.GOOD)) {
      assertEquals(200, status(revoking(server, method)));
      assertEquals(
          503,
          status(
              revoking(server, method).with("trust.corp.deny-unknown-revocation-status", "true")));
      assertEquals(1, server.requests().size());
    }
  }

  private TestingApplication.Builder revoking(TestingAuthorizationServer server, String method) {
    return builder(server)
        .with("trust.corp.certificates", authority.toString())
        .with("trust.corp." + method, "true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.sun.net.ssl.checkRevocation", "jdk.tls.trustNameService"})
  @DisplayName("DIS-10: no system property switches the check of the host name off")
  void systemProperties_doNotSwitchHostNamesOff(String property) throws Exception {
    System.setProperty(property, "true");
    try (TestingAuthorizationServer server = server(Server.WRONG_HOST)) {
      assertEquals(
          503, status(builder(server).with("trust.corp.certificates", authority.toString())));
      assertEquals(List.of(), server.requests());
    } finally {
      System.clearProperty(property);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "TRUE, true", "'', true", "false, false", "maybe, false"})
  @DisplayName("DIS-10: a Java that need not check host names is not started with")
  void uncheckedHostNames_stopTheStart(String value, boolean stops) throws Exception {
    String property = "jdk.internal.httpclient.disableHostnameVerification";
    System.setProperty(property, value);
    try (TestingAuthorizationServer server = server(Server.GOOD)) {
      TestingApplication.Builder builder =
          builder(server).with("trust.corp.certificates", authority.toString());
      if (stops) {
        assertEquals(
            List.of(
                property
                    + ": this system property lets connections go to any host. Start Java without"
                    + " it."),
            StartProblems.of(builder).stream().filter(line -> line.startsWith("jdk.")).toList());
      } else {
        assertEquals(200, status(builder));
      }
    } finally {
      System.clearProperty(property);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, -, true",
    "TRUE, -, true",
    "'', -, true",
    "-, true, true",
    "-, '', true",
    "false, true, false",
    "-, false, false"
  })
  @DisplayName(
      "CFG-08, DIS-10: a Java in which any certificate may issue others is not started with")
  void unauthorizedIssuers_stopTheStart(String system, String security, boolean stops)
      throws Exception {
    String property = "jdk.security.allowNonCaAnchor";
    try (TestingAuthorizationServer server = server(Server.GOOD)) {
      TestingApplication.Builder builder =
          builder(server).with("trust.corp.certificates", authority.toString());
      assertEquals(200, status(builder)); // Java has read the property by now
      if (!system.equals("-")) {
        System.setProperty(property, system);
      }
      Security.setProperty(property, security.equals("-") ? "false" : security);
      if (stops) {
        assertEquals(
            List.of(
                property
                    + ": this property lets the certificate of a server vouch for other servers."
                    + " Start Java without it."),
            StartProblems.of(builder).stream().filter(line -> line.startsWith("jdk.")).toList());
      } else {
        assertEquals(200, status(builder));
      }
    } finally {
      System.clearProperty(property);
      Security.setProperty(property, "false");
    }
  }

  @Test
  @DisplayName("CFG-08, DIS-10: a certificate that is no authority's vouches for no other")
  void issuerWithoutAuthority_isNotTrusted() throws Exception {
    try (TestingAuthority pretender = TestingAuthority.pretender("pretender");
        TestingAuthorizationServer server =
            TestingAuthorizationServer.secured(
                pretender.server("as", TestingAuthority.Status.NOWHERE).context())) {
      String pinned = pem("pinned.pem", pretender.certificate()).toString();
      assertEquals(503, status(builder(server).with("trust.corp.certificates", pinned)));
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  @DisplayName(
      "CAU-01, CAU-04: the certificate in the handshake, client_id in the body, on the alias")
  void mutualTls_showsTheCertificate() throws Exception {
    try (TestingAuthorizationServer server = mutual();
        CapturedLog log = CapturedLog.of("dev.portcullis.Assembly")) {
      TestingApplication.Builder builder =
          mutual(builder(server), server, CERTIFICATES.keyStore(Server.GOOD))
              .with("as.introspection-endpoint", "https://127.0.0.1:1/elsewhere");
      assertEquals(200, status(builder));
      assertEquals(List.of(CERTIFICATES.certificate(Server.GOOD)), server.shown());
      assertEquals("rs-1", server.onlyRequest().parameter("client_id").orElseThrow());
      assertEquals("/mtls", server.onlyRequest().target());
      assertTrue(server.onlyRequest().header("Authorization").isEmpty());
      assertTrue(server.onlyRequest().parameter("client_secret").isEmpty());
      assertTrue(server.onlyRequest().parameter("client_assertion").isEmpty());
      assertTrue(log.lines().toString().contains("uses the key pair of CN=good, serial "));
    }
  }

  @Test
  @DisplayName("CAU-16: filters with different certificates do not share a connection")
  void differentIdentities_haveConnectionsOfTheirOwn() throws Exception {
    try (TestingAuthorizationServer server = mutual();
        TestingApplication one =
            mutual(builder(server), server, CERTIFICATES.keyStore(Server.GOOD)).start();
        TestingApplication other =
            mutual(builder(server), server, CERTIFICATES.keyStore(Server.WRONG_HOST)).start()) {
      for (TestingApplication application : List.of(one, other, one, other)) {
        assertEquals(200, application.get("/r", GOOD).status());
      }
      X509Certificate first = CERTIFICATES.certificate(Server.GOOD);
      X509Certificate second = CERTIFICATES.certificate(Server.WRONG_HOST);
      assertEquals(List.of(first, second, first, second), server.shown());
      assertEquals(2, server.connections());
    }
  }

  @Test
  @DisplayName("CAU-07: a new key pair is used at once, a broken one is not")
  void keyPairFile_isReadAnew() throws Exception {
    Path file = folder.resolve("rs.p12");
    Files.copy(CERTIFICATES.keyStore(Server.GOOD), file);
    try (TestingAuthorizationServer server = mutual()) {
      TestingApplication.Builder builder =
          mutual(builder(server), server, file).with("reload.interval", "1");
      try (CapturedLog log = CapturedLog.of("dev.portcullis.Assembly");
          TestingApplication application = builder.start()) {
        assertEquals(200, application.get("/r", GOOD).status());
        replace(file, Files.readAllBytes(CERTIFICATES.keyStore(Server.WRONG_HOST)));
        reloaded(builder, 1);
        assertEquals(200, application.get("/r", GOOD).status());
        replace(file, new byte[] {1});
        while (log.linesAt(Level.SEVERE).isEmpty()) {
          assertEquals(200, application.get("/r", GOOD).status());
        }
        assertEquals(200, application.get("/r", GOOD).status());
        replace(file, Files.readAllBytes(CERTIFICATES.keyStore(Server.GOOD)));
        reloaded(builder, 2);
        assertEquals(200, application.get("/r", GOOD).status());
        assertEquals(1, log.linesAt(Level.SEVERE).size());
      }
      List<X509Certificate> shown = server.shown();
      X509Certificate second = CERTIFICATES.certificate(Server.WRONG_HOST);
      assertEquals(CERTIFICATES.certificate(Server.GOOD), shown.get(0));
      assertEquals(
          List.of(second), shown.subList(1, shown.size() - 1).stream().distinct().toList());
      assertEquals(CERTIFICATES.certificate(Server.GOOD), shown.get(shown.size() - 1));
    }
  }

  private void replace(Path file, byte[] content) throws Exception {
    Path next = Files.write(folder.resolve("next"), content);
    Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static void reloaded(TestingApplication.Builder builder, int times) {
    List<AuditEvent> entries =
        builder
            .journal()
            .await(times, event -> Journal.text(event, AuditField.KIND).equals("file-reloaded"));
    assertEquals("key-pair.rs.file", Journal.text(entries.get(0), AuditField.DETAIL));
  }

  private static TestingAuthorizationServer mutual() throws Exception {
    return TestingAuthorizationServer.mutual(CERTIFICATES.mutualContext(Server.GOOD))
        .token("good", "{\"active\":true,\"sub\":\"alice\"}");
  }

  private TestingApplication.Builder mutual(
      TestingApplication.Builder builder, TestingAuthorizationServer server, Path keyPair) {
    return builder
        .with("trust.corp.certificates", authority.toString())
        .with("as.mtls-introspection-endpoint", server.url("/mtls"))
        .with("client.credentials-type", "mutual-tls")
        .with("client.secret", "")
        .with("client.key-pair", "rs")
        .with("key-pair.rs.file", keyPair.toString())
        .with("key-pair.rs.password", TestingCertificates.PASSWORD);
  }

  @Test
  void group_mustExistAndHoldACertificate() {
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking("https://127.0.0.1:1/introspect")
            .with(GROUP, "nobody")
            .with("trust.java.use-java-trust-store", "true")
            .with("trust.empty.use-java-trust-store", "false");
    assertEquals(
        List.of(
            "as.trusted-certificate-group: no trusted certificate group named 'nobody'.",
            "trust.empty: contains no certificate.",
            "trust.java: the name java is reserved."),
        problems(builder));
  }

  @Test
  void mutualTls_needsAKeyPairAndHttps() {
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking("http://127.0.0.1:1/introspect")
            .with("client.credentials-type", "mutual-tls");
    assertEquals(
        List.of(
            "as.secure: must be true for mutual TLS client authentication.",
            "client.key-pair: is required when client.credentials-type is mutual-tls."),
        problems(builder));
    assertEquals(
        List.of("client.key-pair: no key pair named 'rs'."),
        problems(
            TestingApplication.builder()
                .asking("https://127.0.0.1:1/introspect")
                .with("client.key-pair", "rs")
                .with("client.credentials-type", "certificate")));
  }
}
