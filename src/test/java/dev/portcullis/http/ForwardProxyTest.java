/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.http.TransportException.Stage;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.DefaultTrust;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import dev.portcullis.testing.TestingProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Through a forward proxy, good or bad. */
class ForwardProxyTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String[] LOGIN = {
    "proxy.requires-authentication", "true", "proxy.username", "rs", "proxy.password", "pr0xy é"
  };
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static DefaultTrust trust;

  private TestingProxy proxy;
  private TestingAuthorizationServer secured;
  private TestingAuthorizationServer plain;

  @BeforeAll
  static void trustTheAuthority() {
    trust = DefaultTrust.in(TestingCertificates.shared().trustStore());
  }

  @AfterAll
  static void trustAsBefore() {
    trust.close();
  }

  @BeforeEach
  void start() throws IOException {
    proxy = TestingProxy.start();
    secured = server(Server.GOOD);
    plain = TestingAuthorizationServer.plain();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    secured.close();
    plain.close();
  }

  private static TestingAuthorizationServer server(Server certificate) throws IOException {
    return TestingAuthorizationServer.secured(TestingCertificates.shared().context(certificate));
  }

  @Test
  @DisplayName("TLS from end to end: the proxy sees neither token nor credentials")
  void https_goesThroughATunnelThatIsKept() throws Exception {
    try (TestingTransport transport = TestingTransport.with(proxy.settings())) {
      assertEquals(200, transport.post(secured.url("/a")).status());
      assertEquals(200, transport.post(secured.url("/b")).status());
    }
    RecordedRequest connect = proxy.requests().get(0);
    assertEquals("CONNECT " + secured.hostAndPort(), connect.method() + " " + connect.target());
    assertEquals(
        List.of("Host: " + secured.hostAndPort(), "User-Agent: Portcullis"), connect.fields());
    assertEquals(1, proxy.connections());
    assertEquals(List.of("/a", "/b"), targets(secured));
    assertFalse(proxy.seen().contains(TestingTransport.TOKEN));
    assertFalse(proxy.seen().contains(TestingTransport.CREDENTIAL));
  }

  @Test
  void http_isSentInAbsoluteForm() throws Exception {
    try (TestingTransport transport = TestingTransport.with(proxy.settings())) {
      assertEquals(200, transport.post(plain.url("/a")).status());
      assertEquals(200, transport.post(plain.url("/b")).status());
    }
    assertEquals(
        List.of(plain.url("/a"), plain.url("/b")),
        proxy.requests().stream().map(RecordedRequest::target).toList());
    assertEquals(plain.hostAndPort(), proxy.requests().get(0).header("Host").orElse(""));
    assertEquals(1, proxy.connections());
    assertEquals(List.of("/a", "/b"), targets(plain));
  }

  @Test
  @DisplayName("Credentials for the proxy are shown to the proxy only, never inside the tunnel")
  void login_isShownToTheProxyOnly() throws Exception {
    proxy.requiring("rs", "pr0xy é");
    try (TestingTransport transport = TestingTransport.with(proxy.settings(LOGIN))) {
      assertEquals(200, transport.post(secured.url("/")).status());
      assertEquals(200, transport.post(plain.url("/")).status());
    }
    for (TestingAuthorizationServer server : List.of(secured, plain)) {
      RecordedRequest request = server.onlyRequest();
      assertEquals(List.of(), request.headers("Proxy-Authorization"));
      assertEquals(Optional.of(TestingTransport.CREDENTIAL), request.header("Authorization"));
    }
  }

  @Test
  void login_isNotShownToTargetsReachedDirectly() throws Exception {
    try (TestingTransport transport = TestingTransport.with(LOGIN)) {
      assertEquals(200, transport.post(plain.url("/")).status());
    }
    assertEquals(List.of(), plain.onlyRequest().headers("Proxy-Authorization"));
  }

  @Test
  void refusedLogin_isTheProxysFault() throws Exception {
    proxy.requiring("rs", "another");
    try (TestingTransport transport = TestingTransport.with(proxy.settings(LOGIN));
        TestingTransport without = TestingTransport.with(proxy.settings())) {
      for (String url : List.of(secured.url("/"), plain.url("/"))) {
        assertEquals(Stage.PROXY_CREDENTIALS, transport.failure(url));
        String text = assertThrows(TransportException.class, () -> without.post(url)).getMessage();
        assertTrue(text.contains("proxy.requires-authentication is false"), text);
      }
    }
    assertEquals(0, secured.connections() + plain.connections());
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, mode = EnumSource.Mode.EXCLUDE, names = "GOOD")
  @DisplayName("INT-03: the certificate of the target is verified through the proxy")
  void wrongCertificate_isRefusedBeforeAnythingIsSent(Server certificate) throws Exception {
    try (TestingAuthorizationServer server = server(certificate);
        TestingTransport transport = TestingTransport.with(proxy.settings())) {
      assertEquals(
          certificate == Server.WRONG_HOST ? Stage.WRONG_NAME : Stage.UNTRUSTED,
          transport.failure(server.url("/")));
      server.stop();
      assertEquals(List.of(), server.requests());
    }
  }

  @Test
  @DisplayName("A proxy that answers in the place of the target has no certificate for it")
  void proxyThatPlaysTheTarget_isRefused() throws Exception {
    try (TestingAuthorizationServer impostor = server(Server.SELF_SIGNED);
        TestingTransport transport = TestingTransport.with(proxy.settings())) {
      assertEquals(Stage.UNTRUSTED, transport.failure(impostor.url("/")));
      assertFalse(proxy.seen().contains(TestingTransport.TOKEN));
    }
  }

  /** What a proxy may say to CONNECT that is no tunnel. */
  static Stream<Map.Entry<Stage, Answer>> refusals() {
    String endless = OK + "X: " + "x".repeat(9000);
    return Stream.of(
        Map.entry(Stage.UNREACHED, Answers.status(502)),
        Map.entry(Stage.UNREACHED, Answers.status(503)),
        Map.entry(Stage.UNREACHED, Answers.status(500)),
        Map.entry(Stage.PROXY_REFUSED, Answers.status(403)),
        Map.entry(Stage.PROXY_REFUSED, Answers.status(405)),
        Map.entry(Stage.PROXY_REFUSED, Answers.redirect(302, "http://127.0.0.1/")),
        Map.entry(Stage.PROXY_CREDENTIALS, Answers.status(401)),
        Map.entry(Stage.PROXY_CREDENTIALS, Answers.status(407)),
        Map.entry(Stage.PROXY, Answers.close()),
        Map.entry(Stage.PROXY, Answers.reset()),
        Map.entry(Stage.PROXY, Answers.rawAndClose(OK)),
        Map.entry(Stage.PROXY, Answers.rawAndClose("HTTP/1.1 100 Continue\r\n\r\n" + OK + "\r\n")),
        Map.entry(Stage.PROXY, Answers.rawAndClose("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
        Map.entry(Stage.PROXY, Answers.rawAndClose("HTTP/2 200\r\n\r\n")),
        Map.entry(Stage.PROXY, Answers.rawAndClose("HTTP/1.1 2000 OK\r\n\r\n")),
        Map.entry(Stage.PROXY, Answers.rawAndClose(endless)),
        Map.entry(Stage.PROXY, Answers.endlessHeader()));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @DisplayName("INT-12: whatever a proxy says that is no tunnel")
  void refusedTunnel_isToldByItsStage(Map.Entry<Stage, Answer> refusal) {
    proxy.always(refusal.getValue());
    try (TestingTransport transport = TestingTransport.with(proxy.settings())) {
      assertEquals(refusal.getKey(), transport.failure(secured.url("/")));
    }
    assertEquals(0, secured.connections());
    assertFalse(proxy.seen().contains(TestingTransport.TOKEN));
  }

  @Test
  @DisplayName("INT-12: a proxy that is down")
  void proxyThatIsDown_isTheProxysFault() throws Exception {
    proxy.close();
    try (TestingTransport transport = TestingTransport.with(proxy.settings())) {
      assertEquals(Stage.PROXY, transport.failure(secured.url("/")));
      assertEquals(Stage.PROXY, transport.failure(plain.url("/")));
    }
  }

  @Test
  @DisplayName("INT-12: a proxy whose name is unknown; the target's name is for the proxy to know")
  void unknownProxy_isTheProxysFault() {
    HostResolver.Lookup lookup =
        host -> {
          throw new java.net.UnknownHostException(host);
        };
    String[] settings = proxy.settings("proxy.host", "proxy.invalid");
    try (TestingTransport nameless = TestingTransport.with(lookup, settings);
        TestingTransport transport = TestingTransport.with(lookup, proxy.settings())) {
      assertEquals(Stage.PROXY, nameless.failure(secured.url("/")));
      proxy.always(Answers.status(503));
      assertEquals(Stage.UNREACHED, transport.failure("https://as.invalid:8443/"));
      assertEquals("as.invalid:8443", proxy.requests().get(0).target());
    }
  }

  @Test
  void ipv6Target_isNamedInBrackets() {
    proxy.always(Answers.status(503));
    try (TestingTransport transport = TestingTransport.with(proxy.settings())) {
      assertEquals(Stage.UNREACHED, transport.failure("https://[::1]:8443/"));
    }
    assertEquals("[::1]:8443", proxy.requests().get(0).target());
  }

  @Test
  @DisplayName("INT-11: the deadline covers a proxy that says nothing")
  void silentProxy_endsWithTheDeadline() {
    assertEquals(Stage.UNREACHED, timed(Answers.stall()));
  }

  @Test
  @DisplayName("INT-11: the deadline covers a proxy that dribbles its answer")
  void dribblingProxy_endsWithTheDeadline() {
    assertEquals(Stage.PROXY, timed(Answers.dribble(50)));
  }

  @Test
  void silentProxy_endsWithTheConnectTimeout() {
    assertEquals(Stage.UNREACHED, timed(Answers.stall(), "http.connect-timeout", "300"));
  }

  /** How far a call gets that must end soon. */
  private Stage timed(Answer answer, String... settings) {
    proxy.always(answer);
    Duration time = settings.length == 0 ? SHORT : Duration.ofSeconds(20);
    try (TestingTransport transport = TestingTransport.with(proxy.settings(settings))) {
      long began = System.nanoTime();
      Stage stage = transport.failure(secured.url("/"), time);
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      assertTrue(took < SHORT.toMillis() + 400, () -> took + " ms");
      return stage;
    }
  }

  @Test
  @DisplayName("INT-09, INT-11: faults of the target are told as without a proxy")
  void faultyTarget_isToldAsWithoutProxy() throws Exception {
    try (TestingTransport transport = TestingTransport.with(proxy.settings())) {
      for (TestingAuthorizationServer server : List.of(secured, plain)) {
        server.next(Answers.truncated(), Answers.stallAfterHeader(), Answers.dribbleBody(50));
        assertEquals(Stage.BROKEN, transport.failure(server.url("/")));
        assertEquals(Stage.TIMEOUT, transport.failure(server.url("/"), SHORT));
        assertEquals(Stage.TIMEOUT, transport.failure(server.url("/"), SHORT));
        server.next(Answers.redirect(307, "http://127.0.0.1:1/"));
        assertEquals(307, transport.post(server.url("/")).status());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http.proxy", "https.proxy", "socksProxy"})
  @DisplayName("Direct is direct, whatever the system properties say")
  void systemProxy_isNotUsed(String prefix) throws Exception {
    try (ServerSocket other = new ServerSocket(0);
        TestingTransport transport = TestingTransport.with()) {
      System.setProperty(prefix + "Host", "127.0.0.1");
      System.setProperty(prefix + "Port", Integer.toString(other.getLocalPort()));
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("socksNonProxyHosts", "");
      assertEquals(200, transport.post(plain.url("/")).status());
      assertEquals(200, transport.post(secured.url("/")).status());
    } finally {
      Stream.of(prefix + "Host", prefix + "Port", "http.nonProxyHosts", "socksNonProxyHosts")
          .forEach(System::clearProperty);
    }
  }

  private static List<String> targets(TestingAuthorizationServer server) {
    return server.requests().stream().map(RecordedRequest::target).toList();
  }
}
