/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that come from files and are replaced while the filter runs. */
class SecretReloadTest {

  private static final String GOOD = "Authorization: Bearer good";
  private static final Answer YES =
      Answers.json("{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}");

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeSecret() throws Exception {
    file = Files.writeString(folder.resolve("secret"), "first-s3cret\n");
  }

  private void replace(String content) throws Exception {
    Path next = Files.writeString(folder.resolve("next"), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private TestingApplication.Builder builder(TestingAuthorizationServer server, String interval) {
    return TestingApplication.builder()
        .asking(server.url("/introspect"))
        .with("client.secret", "${file:" + file + "}")
        .with("reload.interval", interval);
  }

  /** Answers those with that secret, and 401 to others. */
  private static Answer taking(String secret) {
    return (request, wire) ->
        (basic(request).equals(secret) ? YES : Answers.status(401)).give(request, wire);
  }

  private static String basic(RecordedRequest request) {
    String value = request.header("Authorization").orElseThrow().substring("Basic ".length());
    String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    return pair.substring(pair.indexOf(':') + 1);
  }

  private static List<String> secrets(TestingAuthorizationServer server) {
    return server.requests().stream().map(SecretReloadTest::basic).toList();
  }

  private static List<AuditEvent> system(Journal journal, String kind, int number) {
    return journal.await(number, event -> Journal.text(event, AuditField.KIND).equals(kind));
  }

  @Test
  @DisplayName("CAU-07: a secret that is replaced is used within the interval, without a restart")
  void replacedSecret_isUsedWithinTheInterval() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain().always(YES)) {
      TestingApplication.Builder builder = builder(server, "1");
      try (TestingApplication application = builder.start()) {
        assertEquals(200, application.get("/r", GOOD).status());
        replace("second-s3cret");
        AuditEvent told = system(builder.journal(), "file-reloaded", 1).get(0);
        assertEquals("client.secret", Journal.text(told, AuditField.DETAIL));
        assertEquals(200, application.get("/r", GOOD).status());
        assertEquals(List.of("first-s3cret", "second-s3cret"), secrets(server));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "post"})
  @DisplayName("CAU-07: a refused secret whose file holds another is replaced in the same call")
  void refusedSecret_isReplacedInTheSameCall(String method) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain().always(YES);
        CapturedLog log = CapturedLog.of("dev.portcullis.authserver")) {
      TestingApplication.Builder builder =
          builder(server, "0").with("client.secret-method", method);
      try (TestingApplication application = builder.start()) {
        assertEquals(200, application.get("/r", GOOD).status());
        replace("second-s3cret");
        server.next(Answers.status(401));
        assertEquals(200, application.get("/r", GOOD).status());
        assertEquals(3, server.requests().size());
        List<String> credentials =
            server.requests().stream()
                .map(request -> request.body() + request.header("Authorization").orElse(""))
                .toList();
        assertEquals(credentials.get(0), credentials.get(1));
        assertFalse(credentials.get(1).equals(credentials.get(2)));
        assertEquals(List.of(), log.linesAt(Level.SEVERE));
        List<AuditEvent> exchanges =
            builder.journal().await(3, event -> event.type() == AuditEvent.Type.AS_REQUEST);
        assertEquals(
            List.of("active 1", "rejected-client 1", "active 2"),
            exchanges.stream()
                .map(
                    entry ->
                        Journal.text(entry, AuditField.OUTCOME)
                            + " "
                            + Journal.text(entry, AuditField.ATTEMPT))
                .toList());
      }
    }
  }

  @Test
  @DisplayName("FLD-28: a refused bearer token whose file holds another is replaced in the call")
  void refusedBearerToken_isReplacedInTheSameCall() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain().always(YES);
        CapturedLog log = CapturedLog.of("dev.portcullis.authserver")) {
      TestingApplication.Builder builder = bearer(server, "0");
      try (TestingApplication application = builder.start()) {
        assertEquals(200, application.get("/r", GOOD).status());
        replace("second-s3cret==\n");
        server.next(Answers.status(401));
        assertEquals(200, application.get("/r", GOOD).status());
        assertEquals(
            List.of("Bearer first-s3cret", "Bearer first-s3cret", "Bearer second-s3cret=="),
            server.requests().stream()
                .map(request -> request.header("Authorization").orElseThrow())
                .toList());
        assertTrue(log.text().contains("those are tried. See client.token."), log.text());
        assertFalse((log.text() + builder.journal().events()).contains("s3cret"));
      }
    }
  }

  @Test
  @DisplayName("FLD-28: a bearer token that is replaced is used within the interval")
  void replacedBearerToken_isUsedWithinTheInterval() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain().always(YES)) {
      TestingApplication.Builder builder = bearer(server, "1");
      try (TestingApplication application = builder.start()) {
        replace("not a token");
        AuditEvent alarm = system(builder.journal(), "file-unusable", 1).get(0);
        assertTrue(Journal.text(alarm, AuditField.DETAIL).startsWith("client.token: must be "));
        assertEquals(200, application.get("/r", GOOD).status());
        replace("second-s3cret");
        AuditEvent told = system(builder.journal(), "file-reloaded", 1).get(0);
        assertEquals("client.token", Journal.text(told, AuditField.DETAIL));
        assertEquals(200, application.get("/r", GOOD).status());
        assertEquals(
            List.of("Bearer first-s3cret", "Bearer second-s3cret"),
            server.requests().stream()
                .map(request -> request.header("Authorization").orElseThrow())
                .toList());
      }
    }
  }

  private TestingApplication.Builder bearer(TestingAuthorizationServer server, String interval) {
    return builder(server, interval)
        .with("client.secret", "")
        .with("client.credentials-type", "bearer-token")
        .with("client.token", "${file:" + file + "}");
  }

  @Test
  @DisplayName("CAU-07: a new secret that is refused too is not tried again in that call")
  void secondRefusal_endsTheCall() throws Exception {
    try (TestingAuthorizationServer server =
            TestingAuthorizationServer.plain()
                .always(
                    (request, wire) -> {
                      replaceUnchecked("secret-" + System.nanoTime()); // another each time
                      Answers.status(401).give(request, wire);
                    });
        TestingApplication application = builder(server, "3600").start()) {
      assertEquals(503, application.get("/r", GOOD).status());
      assertEquals(2, server.requests().size());
      assertEquals(2, secrets(server).stream().distinct().count());
    }
  }

  private void replaceUnchecked(String content) {
    try {
      replace(content);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  @DisplayName("CAU-07: without another secret, and for another status, nothing is tried again")
  void refusal_isTheEndWithoutANewSecret(int status) throws Exception {
    try (TestingAuthorizationServer server =
            TestingAuthorizationServer.plain().always(Answers.status(status));
        TestingApplication application = builder(server, "3600").start()) {
      if (status == 403) {
        replace("second-s3cret");
      }
      assertEquals(503, application.get("/r", GOOD).status());
      assertEquals(1, server.requests().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "absent"})
  @DisplayName("CAU-07, CAU-15: a broken file keeps the secret, with one ERROR and one alarm")
  void brokenFile_keepsTheSecret(String content) throws Exception {
    try (TestingAuthorizationServer server =
            TestingAuthorizationServer.plain().always(taking("first-s3cret"));
        CapturedLog log = CapturedLog.of("dev.portcullis")) {
      TestingApplication.Builder builder = builder(server, "1");
      try (TestingApplication application = builder.start()) {
        if (content.equals("absent")) {
          Files.delete(file);
        } else {
          replace(content);
        }
        AuditEvent alarm = system(builder.journal(), "file-unusable", 1).get(0);
        assertTrue(Journal.text(alarm, AuditField.DETAIL).startsWith("client.secret: "));
        assertEquals(200, application.get("/r", GOOD).status());
        server.next(Answers.status(401));
        assertEquals(503, application.get("/r", GOOD).status());
        replace("third-s3cret");
        system(builder.journal(), "file-reloaded", 1);
        List<String> errors = log.linesAt(Level.SEVERE);
        assertEquals(1, errors.stream().filter(line -> line.startsWith("client.secret: ")).count());
        assertEquals(1, system(builder.journal(), "file-unusable", 1).size());
        assertFalse((log.text() + builder.journal().events()).contains("s3cret"));
      }
    }
  }

  @Test
  @DisplayName("CAU-07: a proxy password that is replaced is used within the interval")
  void proxyPassword_isReadAnew() throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain().always(YES);
        TestingProxy proxy = TestingProxy.start().requiring("rs", "first-s3cret")) {
      TestingApplication.Builder builder = builder(server, "1").with("client.secret", "x");
      String[] settings =
          proxy.settings(
              "proxy.requires-authentication",
              "true",
              "proxy.username",
              "rs",
              "proxy.password",
              "${file:" + file + "}");
      for (int i = 0; i < settings.length; i += 2) {
        builder.with(settings[i], settings[i + 1]);
      }
      try (TestingApplication application = builder.start()) {
        assertEquals(200, application.get("/r", GOOD).status());
        proxy.requiring("rs", "second-s3cret");
        replace("second-s3cret");
        AuditEvent told = system(builder.journal(), "file-reloaded", 1).get(0);
        assertEquals("proxy.password", Journal.text(told, AuditField.DETAIL));
        assertEquals(200, application.get("/r", GOOD).status());
        replace("control\u0001s3cret");
        AuditEvent alarm = system(builder.journal(), "file-unusable", 1).get(0);
        assertEquals(
            "proxy.password: must have no control characters.",
            Journal.text(alarm, AuditField.DETAIL));
        assertEquals(200, application.get("/r", GOOD).status());
      }
    }
  }
}
