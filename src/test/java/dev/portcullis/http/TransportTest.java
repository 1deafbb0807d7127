/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.http.TransportException.Stage;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransportTest {

  private TestingAuthorizationServer server;
  private ApacheHttpTransport transport;

  @BeforeEach
  void start() throws IOException {
    server = TestingAuthorizationServer.plain();
    transport = new ApacheHttpTransport(settings(), 1);
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    server.close();
  }

  static HttpSettings settings(String... pairs) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return HttpSettings.read(new ConfigReader(List.of(PropertySource.of(map))));
  }

  private HttpCall call() {
    return new HttpCall(
        "POST",
        URI.create(server.url("/introspect?tenant=a%20b")),
        Map.of("Authorization", "Basic xyz", "Content-Type", "application/x-www-form-urlencoded"),
        "token=abc".getBytes(UTF_8));
  }

  private HttpReply send() throws TransportException {
    return transport.send(call(), Deadline.in(Duration.ofSeconds(10), System::nanoTime));
  }

  private Stage failure() {
    return assertThrows(TransportException.class, this::send).stage();
  }

  @Test
  void request_isSentAsItIs() throws Exception {
    server.always(Answers.json("{\"active\":true}"));
    HttpReply reply = send();
    assertEquals("{\"active\":true}", new String(reply.body(), UTF_8));
    var request = server.onlyRequest();
    assertEquals("POST", request.method());
    assertEquals("/introspect?tenant=a%20b", request.target());
    assertEquals("token=abc", request.body());
    System.out.println(request.fields());
  }

  static List<Answer> broken() {
    return List.of(
        Answers.truncated(),
        Answers.unendedChunks(),
        Answers.resetAfterHeader(),
        Answers.rawAndClose("garbage\r\n\r\n"),
        Answers.endlessHeader());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenAnswer_isBroken(Answer answer) {
    server.always(answer);
    assertEquals(Stage.BROKEN, failure());
  }

  @Test
  void noOctet_isNoAnswer() {
    server.always(Answers.close());
    assertEquals(Stage.NO_ANSWER, failure());
    server.always(Answers.reset());
    assertEquals(Stage.NO_ANSWER, failure());
  }

  @Test
  void endless_isTooLarge() {
    server.always(Answers.endlessChunks());
    assertEquals(Stage.TOO_LARGE, failure());
    server.always(Answers.sized(65537));
    assertEquals(Stage.TOO_LARGE, failure());
    server.always(Answers.sizedUntilClose(65537));
    assertEquals(Stage.TOO_LARGE, failure());
  }

  @Test
  void refused() throws Exception {
    server.stop();
    assertEquals(Stage.CONNECT, failure());
  }

  @Test
  void keepalive() throws Exception {
    for (int i = 0; i < 5; i++) send();
    assertEquals(1, server.connections());
  }
}
