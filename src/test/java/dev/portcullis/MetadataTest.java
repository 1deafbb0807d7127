/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import dev.portcullis.testing.TestingProxy;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata of the authorization server (RFC 8414), through the whole filter. */
class MetadataTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static final String GOOD = "Authorization: Bearer good";
  private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";
  private static final String LOG = "dev.portcullis.authserver";

  private final List<TestingAuthorizationServer> servers = new ArrayList<>();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = secured();
  }

  @AfterEach
  void stop() throws Exception {
    for (TestingAuthorizationServer each : servers) {
      each.close();
    }
  }

  private TestingAuthorizationServer secured() throws Exception {
    return opened(TestingAuthorizationServer.secured(CERTIFICATES.context(Server.GOOD)));
  }

  private TestingAuthorizationServer mutual() throws Exception {
    return opened(TestingAuthorizationServer.mutual(CERTIFICATES.mutualContext(Server.GOOD)));
  }

  private TestingAuthorizationServer opened(TestingAuthorizationServer opened) {
    servers.add(opened);
    return opened.token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}");
  }

  /** Answers GET with that, and everything else as usual. */
  private void publish(Answer document) {
    server.always(
        (request, wire) -> {
          boolean isGet = request.method().equals("GET");
          Answer answer = isGet ? document : Answers.json("{\"active\":true,\"sub\":\"alice\"}");
          answer.give(request, wire);
        });
  }

  private void publish(String... members) {
    publish(Answers.json(document(server.url(""), members)));
  }

  private static String document(String issuer, String... members) {
    List<String> all = new ArrayList<>(List.of(member("issuer", issuer)));
    all.addAll(List.of(members));
    return "{" + String.join(",", all) + "}";
  }

  private static String member(String name, String value) {
    return "\"" + name + "\":\"" + value + "\"";
  }

  private static String endpoint(TestingAuthorizationServer at, String path) {
    return member("introspection_endpoint", at.url(path));
  }

  private static String aliases(String... members) {
    return "\"mtls_endpoint_aliases\":{" + String.join(",", members) + "}";
  }

  private TestingApplication.Builder builder() {
    return TestingApplication.builder()
        .with("as.issuer", server.url(""))
        .with("as.discovery", "true")
        .with("as.trusted-certificate-group", "corp")
        .with("trust.corp.store", CERTIFICATES.trustStore().toString())
        .with("trust.corp.store-password", TestingCertificates.PASSWORD)
        .with("failover.max-retries", "0");
  }

  private static TestingApplication.Builder certificate(TestingApplication.Builder builder) {
    return builder
        .with("client.secret", "")
        .with("client.credentials-type", "mutual-tls")
        .with("client.key-pair", "rs")
        .with("key-pair.rs.file", CERTIFICATES.keyStore(Server.GOOD).toString())
        .with("key-pair.rs.password", TestingCertificates.PASSWORD);
  }

  private static TestingApplication.Builder assertion(TestingApplication.Builder builder) {
    return builder.with("client.secret", "").with("client.credentials-type", "private-key-jwt");
  }

  private static RawHttp.Response ask(TestingApplication.Builder builder) throws Exception {
    return ask(builder, GOOD);
  }

  private static RawHttp.Response ask(TestingApplication.Builder builder, String credentials)
      throws Exception {
    try (TestingApplication application = builder.start()) {
      return application.get("/r", credentials);
    }
  }

  private static List<String> lines(TestingAuthorizationServer of) {
    return of.requests().stream()
        .map(request -> request.method() + " " + request.target())
        .toList();
  }

  private static long posts(TestingAuthorizationServer of) {
    return of.requests().stream().filter(request -> request.method().equals("POST")).count();
  }

  /** The filter has started, refuses with 503, has told why, and has sent nothing but GET. */
  private void assertNothingUsed(TestingApplication.Builder builder, String setting)
      throws Exception {
    try (CapturedLog log = CapturedLog.of(LOG)) {
      RawHttp.Response response = ask(builder);
      assertEquals(503, response.status());
      assertTrue(Integer.parseInt(response.header("Retry-After")) >= 1);
      AuditEvent entry = builder.journal().request(1);
      assertEquals("as_unavailable", Journal.text(entry, AuditField.FAILED_RULE_TYPE));
      assertEquals(setting, Journal.text(entry, AuditField.FAILED_RULE_NAME));
      AuditEvent alarm = alarm(builder, "metadata-failed");
      assertTrue(Journal.text(alarm, AuditField.DETAIL).contains(setting));
      List<String> told = log.lines().stream().filter(line -> line.contains("metadata")).toList();
      assertEquals(1, told.size(), log.text());
      assertTrue(told.get(0).contains("See " + setting + "."), log.text());
      assertEquals(0, posts(server));
    }
  }

  private static AuditEvent alarm(TestingApplication.Builder builder, String kind) {
    return builder
        .journal()
        .await(1, event -> Journal.text(event, AuditField.KIND).equals(kind))
        .get(0);
  }

  @Test
  @DisplayName("DIS-02: the well-known name stands between host and path")
  void endpoint_isFoundWhereTheStandardHasIt() throws Exception {
    publish(
        Answers.json(
            document(server.url("/t1/"), endpoint(server, "/as/introspect?x=1"), "\"more\":[]")));
    TestingApplication.Builder builder = builder().with("as.issuer", server.url("/t1/"));

    assertEquals(200, ask(builder).status());

    assertEquals(List.of("GET " + WELL_KNOWN + "/t1", "POST /as/introspect?x=1"), lines(server));
    RecordedRequest fetch = server.requests().get(0);
    assertTrue(fetch.header("Authorization").isEmpty());
    AuditEvent entry =
        builder
            .journal()
            .await(1, event -> Journal.text(event, AuditField.OUTCOME).equals("fetched"))
            .get(0);
    assertEquals(WELL_KNOWN + "/t1", Journal.text(entry, AuditField.REQUEST_URI));
    assertEquals("https", Journal.text(entry, AuditField.TARGET_SCHEME));
  }

  @Test
  @DisplayName("DIS-02: after a failure the place of OpenID Connect is tried")
  void openIdPlace_isTheSecond() throws Exception {
    server.next(
        Answers.status(404),
        Answers.json(document(server.url("/t1/"), endpoint(server, "/introspect"))));

    assertEquals(200, ask(builder().with("as.issuer", server.url("/t1/"))).status());

    assertEquals(
        List.of(
            "GET " + WELL_KNOWN + "/t1",
            "GET /t1/.well-known/openid-configuration",
            "POST /introspect"),
        lines(server));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/caf\u00E9", "/cafe\u0301", "/T1", "/t1/", " "})
  @DisplayName("DIS-01: a document of another issuer is not used")
  void documentOfAnotherIssuer_isNotUsed(String path) throws Exception {
    publish(Answers.json(document(server.url("/t1") + path, endpoint(server, "/introspect"))));

    assertNothingUsed(builder().with("as.issuer", server.url("/t1")), "as.issuer");
  }

  static Stream<UnaryOperator<String>> damages() {
    return Stream.of(
        document -> "[" + document + "]",
        document -> document.substring(1),
        document -> document + document,
        document -> document.replaceFirst("\\{", "{" + " ".repeat(5 * 1024 * 1024)));
  }

  @ParameterizedTest
  @MethodSource("damages")
  @DisplayName("DIS-03: what is not one JSON object of bounded size is a failure")
  void damagedDocument_isAFailure(UnaryOperator<String> damage) throws Exception {
    publish(Answers.json(damage.apply(document(server.url(""), endpoint(server, "/introspect")))));

    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/jwk-set+json", ""})
  @DisplayName("DIS-03: only application/json is the media type of a document")
  void otherMediaType_isAFailure(String mediaType) throws Exception {
    publish(Answers.typed(mediaType, document(server.url(""), endpoint(server, "/introspect"))));

    assertRefused();
  }

  private void assertRefused() throws Exception {
    try (CapturedLog log = CapturedLog.of(LOG);
        TestingApplication application = builder().start()) {
      assertEquals(503, application.get("/r", GOOD).status());
      assertEquals(1, log.lines().size(), log.text());
    }
    assertEquals(0, posts(server));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  @DisplayName("DIS-03: a redirect is not followed")
  void redirect_isNotFollowed(int status) throws Exception {
    TestingAuthorizationServer elsewhere = secured();
    elsewhere.always(Answers.json(document(server.url(""), endpoint(server, "/introspect"))));
    publish(Answers.redirect(status, elsewhere.url(WELL_KNOWN)));

    assertNothingUsed(builder(), "as.issuer");

    assertEquals(0, elsewhere.connections());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"introspection_endpoint\":\"http://as.example.com/introspect\"",
        "\"introspection_endpoint\":\"https://as.example.com/i\",\"jwks_uri\":\"file:/etc/passwd\""
      })
  @DisplayName("DIS-04: a URL that is not https makes the document worthless")
  void urlThatIsNotHttps_isAFailure(String members) throws Exception {
    publish(members);

    assertNothingUsed(builder(), "as.issuer");
  }

  @Test
  @DisplayName("DIS-05: an internal address that is not the issuer's own is not called")
  void internalAddress_isAFailure() throws Exception {
    publish(member("introspection_endpoint", "https://169.254.169.254/x"));

    assertNothingUsed(builder(), "as.issuer");
  }

  @Test
  @DisplayName("DIS-05: nothing in a token or in an answer leads to a connection")
  void urlsInTokensAndAnswers_areNotFollowed() throws Exception {
    TestingAuthorizationServer listener = secured();
    String urls =
        Stream.of("iss", "jku", "x5u", "jwks_uri", "introspection_endpoint")
            .map(name -> member(name, listener.url("/" + name)))
            .reduce((one, other) -> one + "," + other)
            .orElseThrow();
    String token = encoded("{\"alg\":\"RS256\"," + urls + "}") + "." + encoded("{" + urls + "}");
    server.always(
        (request, wire) -> {
          boolean isGet = request.method().equals("GET");
          String document = document(server.url(""), endpoint(server, "/introspect"));
          String answer = isGet ? document : "{\"active\":true,\"sub\":\"alice\"," + urls + "}";
          Answers.json(answer).give(request, wire);
        });
    TestingApplication.Builder builder = builder().with("require.issuer", listener.url("/iss"));

    assertEquals(200, ask(builder, "Authorization: Bearer " + token + ".c2ln").status());

    assertEquals(1, posts(server));
    assertEquals(0, listener.connections());
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  @Test
  @DisplayName("DIS-06: a document without the endpoint is told, and every request is refused")
  void missingEndpoint_isAFailure() throws Exception {
    publish(member("token_endpoint", server.url("/token")));

    assertNothingUsed(builder(), "as.introspection-endpoint");
  }

  @Test
  @DisplayName(
      "DIS-06: a server that is down stops no deployment, and no request passes until it is up")
  void serverThatIsDown_isAskedAgain() throws Exception {
    publish(endpoint(server, "/introspect"));
    server.stop();
    TestingApplication.Builder builder = builder();
    try (CapturedLog log = CapturedLog.of(LOG);
        TestingApplication application = builder.start()) {
      RawHttp.Response refused = application.get("/r", GOOD);
      assertEquals(503, refused.status());
      assertTrue(Integer.parseInt(refused.header("Retry-After")) >= 1);
      assertEquals(1, log.linesAt(Level.WARNING).size());

      server.start();
      alarm(builder, "metadata-recovered");

      assertEquals(200, application.get("/r", GOOD).status());
    }
  }

  @Test
  @DisplayName("DIS-07: a method that the server does not list is warned of")
  void methodThatIsNotListed_isWarnedOf() throws Exception {
    publish(
        endpoint(server, "/introspect"),
        "\"introspection_endpoint_auth_methods_supported\":[\"tls_client_auth\"]");
    try (CapturedLog log = CapturedLog.of(LOG)) {
      assertEquals(200, ask(builder()).status());
      assertEquals(1, log.linesAt(Level.WARNING).size());
      assertTrue(log.lines().get(0).contains("does not list client_secret_basic"), log.text());
    }
  }

  @Test
  @DisplayName("DIS-05, DIS-07: targets that are set stay, and the document gives the path")
  void targetsThatAreSet_areCalled() throws Exception {
    TestingAuthorizationServer pinned = secured();
    publish(member("introspection_endpoint", "https://elsewhere.example/as/introspect?x=1"));

    assertEquals(200, ask(builder().with("as.targets", pinned.hostAndPort())).status());

    assertEquals(List.of("POST /as/introspect?x=1"), lines(pinned));
    assertEquals(0, posts(server));
  }

  @Test
  @DisplayName("CAU-05: only the host of the alias is called, with the certificate")
  void alias_isCalledWithMutualTls() throws Exception {
    TestingAuthorizationServer alias = mutual();
    publish(
        member("introspection_endpoint", "https://elsewhere.example/introspect"),
        aliases(
            endpoint(alias, "/mtls"),
            member("issuer", "https://evil.example"),
            member("token_endpoint", "file:/etc/passwd")));

    assertEquals(
        200,
        ask(certificate(builder())
                .with("as.discovery", "")
                .with("as.introspection-endpoint", server.url("/plain")))
            .status());

    assertEquals(List.of("POST /mtls"), lines(alias));
    assertEquals(List.of(CERTIFICATES.certificate(Server.GOOD)), alias.shown());
    assertEquals(List.of("GET " + WELL_KNOWN), lines(server));
  }

  @Test
  @DisplayName("CAU-05: without an alias the plain endpoint is called, with the certificate")
  void plainEndpoint_isCalledWithoutAnAlias() throws Exception {
    TestingAuthorizationServer plain = mutual();
    publish(
        endpoint(plain, "/introspect"),
        aliases(
            member("issuer", "https://evil.example"),
            member("token_endpoint", "https://evil.example/token")));

    assertEquals(200, ask(certificate(builder())).status());

    assertEquals(List.of("POST /introspect"), lines(plain));
    assertEquals(List.of(CERTIFICATES.certificate(Server.GOOD)), plain.shown());
  }

  @Test
  @DisplayName("CAU-05: an alias that is set wins, and then no document is needed")
  void aliasThatIsSet_wins() throws Exception {
    TestingAuthorizationServer set = mutual();
    publish(endpoint(server, "/introspect"), aliases(endpoint(server, "/mtls")));
    TestingApplication.Builder builder =
        certificate(builder())
            .with("as.discovery", "")
            .with("as.introspection-endpoint", server.url("/plain"))
            .with("as.mtls-introspection-endpoint", set.url("/set"));

    assertEquals(200, ask(builder).status());

    assertEquals(List.of("POST /set"), lines(set));
    assertEquals(0, server.connections());
  }

  @Test
  @DisplayName("CAU-06: without mutual TLS the alias is not called")
  void alias_isNotCalledWithoutMutualTls() throws Exception {
    TestingAuthorizationServer alias = secured();
    publish(endpoint(server, "/introspect"), aliases(endpoint(alias, "/mtls")));
    TestingApplication.Builder key =
        assertion(builder())
            .with("client.key-pair", "rs")
            .with("key-pair.rs.file", CERTIFICATES.keyStore(Server.GOOD).toString())
            .with("key-pair.rs.password", TestingCertificates.PASSWORD);

    assertEquals(200, ask(assertion(builder())).status());
    assertEquals(200, ask(key).status());
    assertEquals(200, ask(builder()).status());

    assertEquals(3, posts(server));
    assertEquals(0, alias.connections());
  }

  @Test
  @DisplayName(
      "CAU-10: the audience of the assertion is that of the settings, whatever a document says")
  void audience_comesFromTheSettings() throws Exception {
    publish(
        endpoint(server, "/introspect"),
        member("token_endpoint", "https://victim.example/token"),
        "\"audience\":\"https://victim.example\"");

    assertEquals(200, ask(assertion(builder())).status());

    assertEquals(List.of(server.url("")), assertionSent().getJwtClaims().getAudience());
  }

  @Test
  @DisplayName("CAU-10: with the issuer of another server no assertion leaves")
  void documentOfAnotherServer_getsNoAssertion() throws Exception {
    publish(
        Answers.json(
            document("https://victim.example", member("issuer2", "x"), endpoint(server, "/i"))));

    assertNothingUsed(assertion(builder()), "as.issuer");
  }

  @Test
  @DisplayName("CAU-10: an endpoint elsewhere gets an assertion for the server of the settings")
  void endpointElsewhere_getsTheAudienceOfTheSettings() throws Exception {
    TestingAuthorizationServer elsewhere = secured();
    publish(endpoint(elsewhere, "/introspect"));

    assertEquals(
        200,
        ask(assertion(builder())
                .with("as.token-endpoint", server.url("/token"))
                .with("client.assertion-audience", "token-endpoint"))
            .status());

    assertEquals(
        List.of(server.url("/token")),
        assertionIn(elsewhere.onlyRequest()).getJwtClaims().getAudience());
  }

  @Test
  void document_comesThroughTheProxy() throws Exception {
    publish(endpoint(server, "/introspect"));
    try (TestingProxy proxy = TestingProxy.start()) {
      TestingApplication.Builder builder = builder();
      String[] settings = proxy.settings();
      for (int i = 0; i < settings.length; i += 2) {
        builder.with(settings[i], settings[i + 1]);
      }

      assertEquals(200, ask(builder).status());

      List<AuditEvent> exchanges =
          builder.journal().await(2, event -> event.type() == AuditEvent.Type.AS_REQUEST);
      assertEquals(
          List.of("true", "true"),
          exchanges.stream().map(event -> Journal.text(event, AuditField.VIA_PROXY)).toList());
      assertTrue(proxy.seen().startsWith("CONNECT " + server.hostAndPort()), proxy.seen());
    }
  }

  @Test
  void algorithm_isTheBestThatTheServerLists() throws Exception {
    publish(
        endpoint(server, "/introspect"),
        "\"token_endpoint_auth_signing_alg_values_supported\":[\"RS256\",\"PS256\",\"ES256\"]",
        "\"introspection_endpoint_auth_signing_alg_values_supported\":[\"RS256\",\"PS256\"]");

    assertEquals(200, ask(assertion(builder())).status());
    assertEquals("PS256", algorithmSent());
    assertEquals(
        200, ask(assertion(builder()).with("client.assertion-algorithm", "ES384")).status());
    assertEquals("ES384", algorithmSent());
  }

  @Test
  void algorithm_isRs256WithoutADocument() throws Exception {
    publish(endpoint(server, "/introspect"));
    assertEquals(200, ask(assertion(builder())).status());
    assertEquals("RS256", algorithmSent());
  }

  @Test
  @DisplayName("HTTP-21: the thread that keeps metadata fresh ends with the filter")
  void thread_endsWithTheFilter() throws Exception {
    publish(endpoint(server, "/introspect"));
    List<Thread> before = refreshing();
    List<Thread> threads;
    try (TestingApplication application = builder().start()) {
      threads = refreshing();
      threads.removeAll(before);
      assertEquals(200, application.get("/r", GOOD).status());
    }
    assertEquals(1, threads.size());
    assertTrue(threads.get(0).isDaemon());
    threads.get(0).join(10_000);
    assertFalse(threads.get(0).isAlive());
  }

  private static List<Thread> refreshing() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("portcullis-metadata"))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private String algorithmSent() throws Exception {
    return assertionSent().getJoseObjects().get(0).getAlgorithmHeaderValue();
  }

  private JwtContext assertionSent() throws InvalidJwtException {
    List<RecordedRequest> requests = server.requests();
    return assertionIn(requests.get(requests.size() - 1));
  }

  private static JwtContext assertionIn(RecordedRequest request) throws InvalidJwtException {
    return new JwtConsumerBuilder()
        .setSkipSignatureVerification()
        .setSkipDefaultAudienceValidation()
        .build()
        .process(request.parameter("client_assertion").orElseThrow());
  }
}
