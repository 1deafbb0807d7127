/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.Answers;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.PemText;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthority;
import dev.portcullis.testing.TestingAuthority.Issued;
import dev.portcullis.testing.TestingAuthority.Status;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingProxy;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks for what must not be seen in all that can be: the log at every level, the HTTP library's
 * included, the audit trail, the management view, the names of threads, answers and exceptions.
 */
class SecretlessTest {

  private static final String SECRET = "cl1ent-s3cret/+:";
  private static final String PROXY_PASSWORD = "pr0xy-s3cret";
  private static final String GOOD = "Authorization: Bearer good";

  @TempDir private Path folder;
  private final StringBuilder seen = new StringBuilder();
  private final List<String> hidden = new ArrayList<>();

  @BeforeEach
  void hidePasswords() {
    hidden.add(SECRET);
    hidden.add(PROXY_PASSWORD);
    hidden.add(base64("rs:" + PROXY_PASSWORD));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private interface Run {
    void on(TestingApplication.Builder builder) throws Exception;
  }

  /** All answers there may be, through a proxy that wants to know who comes. */
  private void use(TestingAuthorizationServer server, Run settings) throws Exception {
    try (TestingProxy proxy = TestingProxy.start().requiring("rs", PROXY_PASSWORD);
        CapturedLog ours = all("dev.portcullis");
        CapturedLog http = all("org.apache.hc");
        CapturedLog jose = all("org.jose4j");
        CapturedLog cache = all("org.ehcache")) {
      TestingApplication.Builder builder =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("failover.failed-retry-timeout", "0")
              .with("proxy.requires-authentication", "true")
              .with("proxy.username", "rs")
              .with("proxy.password", PROXY_PASSWORD)
              .with("as.issuer", "https://as.example.com");
      String[] pairs = proxy.settings();
      for (int i = 0; i < pairs.length; i += 2) {
        builder.with(pairs[i], pairs[i + 1]);
      }
      settings.on(builder);
      try (TestingApplication application = builder.start()) {
        exercise(application, server, proxy);
      }
      seen.append(builder.journal().events());
      assertFalse(ours.lines().isEmpty());
      for (CapturedLog log : List.of(ours, http, jose, cache)) {
        seen.append(log.text());
      }
    }
    for (RecordedRequest request : server.requests()) {
      request.header("Authorization").ifPresent(value -> hidden.add(value.substring(6)));
      request.parameter("client_assertion").ifPresent(this::hideAssertion);
    }
  }

  private void hideAssertion(String assertion) {
    hidden.add(assertion);
    hidden.add(assertion.substring(assertion.lastIndexOf('.') + 1));
  }

  private static CapturedLog all(String name) {
    CapturedLog log = CapturedLog.of(name);
    log.setLoggerLevel(Level.ALL);
    return log;
  }

  private void exercise(
      TestingApplication application, TestingAuthorizationServer server, TestingProxy proxy)
      throws Exception {
    assertEquals(200, application.get("/r", GOOD).status());
    server.next(
        Answers.status(401),
        Answers.status(500),
        Answers.rawAndClose("no HTTP " + SECRET + "\r\n\r\n"),
        Answers.close());
    for (int i = 0; i < 4; i++) {
      seen.append(application.get("/r", GOOD));
    }
    manage();
    Thread.getAllStackTraces().keySet().forEach(thread -> seen.append(thread.getName()));
    proxy.requiring("rs", "another");
    seen.append(application.get("/r", GOOD));
    server.stop();
    seen.append(application.get("/r", GOOD));
  }

  private void manage() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : beans.queryNames(new ObjectName("dev.portcullis:*"), null)) {
      for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
        seen.append(name).append(beans.getAttribute(name, attribute.getName()));
      }
    }
    assertTrue(seen.toString().contains("type=ResourceServer"));
  }

  private void assertNothingIsSeen() {
    String text = seen.toString();
    for (String secret : hidden) {
      assertFalse(secret.isBlank());
      assertFalse(text.contains(secret), () -> secret + " is seen in " + text);
    }
  }

  @Test
  @DisplayName("FLD-28: a bearer token of the client's own is not seen anywhere")
  void clientToken_isNotSeen() throws Exception {
    String token = "0wn-s3cret-t0ken";
    try (TestingAuthorizationServer server = plain()) {
      use(
          server,
          builder ->
              builder
                  .with("client.secret", "")
                  .with("client.credentials-type", "bearer-token")
                  .with("client.token", token));
      hidden.add(token);
      assertTrue(server.requests().size() >= 5);
      assertNothingIsSeen();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "post", "basic-raw"})
  @DisplayName(
      "CAU-15: the client secret is not seen anywhere, nor in the form in which it is sent")
  void clientSecret_isNotSeen(String method) throws Exception {
    try (TestingAuthorizationServer server = plain()) {
      use(
          server,
          builder -> builder.with("client.secret", SECRET).with("client.secret-method", method));
      hidden.add(URLEncoder.encode(SECRET, UTF_8));
      assertTrue(server.requests().size() >= 5);
      assertEquals(
          method.equals("basic"),
          hidden.stream().anyMatch(base64("rs-1:" + URLEncoder.encode(SECRET, UTF_8))::equals));
      assertNothingIsSeen();
    }
  }

  @Test
  @DisplayName("CAU-15: neither managed keys nor assertions are seen anywhere")
  void managedKeys_areNotSeen() throws Exception {
    Path keys = folder.resolve("keys.json");
    try (TestingAuthorizationServer server = plain()) {
      use(
          server,
          builder ->
              builder
                  .with("client.secret", "")
                  .with("client.credentials-type", "private-key-jwt")
                  .with("client.assertion-algorithm", "ES256")
                  .with("client.signing-keys-file", keys.toString()));
      int before = hidden.size();
      new JsonWebKeySet(Files.readString(keys))
          .getJsonWebKeys()
          .forEach(
              key ->
                  hidden.add(
                      ((PublicJsonWebKey) key)
                          .toParams(OutputControlLevel.INCLUDE_PRIVATE)
                          .get("d")
                          .toString()));
      assertEquals(before + 2, hidden.size());
      assertTrue(server.requests().get(0).parameter("client_assertion").isPresent());
      assertNothingIsSeen();
    }
  }

  @Test
  @DisplayName("CAU-15: neither the key of a certificate nor its password is seen anywhere")
  void keyPair_isNotSeen() throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Issued own = root.server("rs", Status.NOWHERE);
      ECPrivateKey key = (ECPrivateKey) own.key();
      hidden.add(key.getS().toString());
      hidden.add(key.getS().toString(16));
      Arrays.stream(PemText.of(own.key()).split("\\R"))
          .filter(line -> !line.startsWith("-"))
          .forEach(hidden::add);
      hidden.add("k3y-s3cret");
      Path file = folder.resolve("rs.p12");
      own.store(file, "k3y-s3cret");
      Path anchor = folder.resolve("root.pem");
      Files.writeString(anchor, PemText.of(root.certificate()));
      try (TestingAuthorizationServer server =
          TestingAuthorizationServer.mutual(
                  root.server("as", Status.NOWHERE).trusting(root.certificate()))
              .token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}")) {
        use(
            server,
            builder ->
                builder
                    .with("client.secret", "")
                    .with("client.credentials-type", "mutual-tls")
                    .with("client.key-pair", "rs")
                    .with("key-pair.rs.file", file.toString())
                    .with("key-pair.rs.password", "k3y-s3cret")
                    .with("as.trusted-certificate-group", "corp")
                    .with("trust.corp.certificates", anchor.toString()));
        assertFalse(server.shown().isEmpty());
      }
      startUnsuccessfully(file);
      assertNothingIsSeen();
    }
  }

  private void startUnsuccessfully(Path file) {
    hidden.add("wr0ng-s3cret");
    TestingApplication.Builder builder =
        TestingApplication.builder()
            .asking("https://127.0.0.1:1/introspect")
            .with("client.credentials-type", "mutual-tls")
            .with("client.key-pair", "rs")
            .with("key-pair.rs.file", file.toString())
            .with("key-pair.rs.password", "wr0ng-s3cret")
            .with("proxy.password", PROXY_PASSWORD + "\u0001");
    List<String> problems = StartProblems.of(builder);
    assertEquals(
        2,
        problems.stream().filter(line -> line.matches("(key-pair|proxy).*")).count(),
        problems::toString);
    seen.append(problems);
  }

  private static TestingAuthorizationServer plain() throws Exception {
    return TestingAuthorizationServer.plain()
        .token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}");
  }
}
