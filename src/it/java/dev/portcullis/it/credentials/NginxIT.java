/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.AuditFile;
import dev.portcullis.it.FreePort;
import dev.portcullis.it.Site;
import dev.portcullis.testing.DpopClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A reverse proxy of other people's making in front of the container: TLS ends there, and it takes
 * a prefix off the path. Both are configured as the manual says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NginxIT {

  /** Guarded as the manual says. */
  private static final String MANUAL = "manual";

  /** The address of the application is all that is set, and no proxy is trusted. */
  private static final String ADDRESS_ONLY = "address-only";

  /** As the manual says, but the application has another address as well. */
  private static final String TWO_ADDRESSES = "two-addresses";

  private static final String OTHER = "https://other.example/shop";
  private static final String BOUND_TO_KEY = "bound-to-key";
  private static final String BOUND_TO_CERTIFICATE = "bound-to-certificate";

  private final DpopClient client = DpopClient.of("ES256");
  private TestingAuthorizationServer server;
  private Application application;
  private Nginx nginx;

  @BeforeAll
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token(BOUND_TO_KEY, "{\"active\":true,\"cnf\":%s}".formatted(client.confirmation()));
    server.token(
        BOUND_TO_CERTIFICATE,
        "{\"active\":true,\"cnf\":{\"x5t#S256\":\"%s\"}}"
            .formatted(Identities.shared().client().thumbprint()));
    int port = FreePort.find();
    Map<String, String> manual = Nginx.settings(port);
    String address = manual.get("request.base-urls");
    GuardedPaths paths = new GuardedPaths();
    paths.guard(MANUAL, settings(manual));
    paths.guard(
        ADDRESS_ONLY, settings(Map.of("request.base-urls", address, "dpop.type", "enabled")));
    Map<String, String> two = settings(manual);
    two.put("request.base-urls", OTHER + ", " + address);
    paths.guard(TWO_ADDRESSES, two);
    application = Application.start(paths, 0, List.of());
    nginx = Nginx.start(port, application.jetty().port());
  }

  @AfterAll
  void stop() throws Exception {
    nginx.close();
    application.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {MANUAL, ADDRESS_ONLY, TWO_ADDRESSES})
  @DisplayName("DPOP-24, HTTP-05, HTTP-07: a proof for the URL that the client used")
  void proofForTheUrlOfTheClient_passes(String name) throws Exception {
    HttpResponse<String> response = send(name, proof(url(name)));

    assertEquals(200, response.statusCode(), () -> response + nginx.process().said());
    assertTrue(response.body().contains("auth=DPoP\n"), response.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {MANUAL, ADDRESS_ONLY, TWO_ADDRESSES})
  @DisplayName("DPOP-24, HTTP-07: a proof for the URL behind the proxy")
  void proofForTheUrlBehindTheProxy_isRefused(String name) throws Exception {
    assertRefused("dpop_uri_mismatch", name, proof(application.url(name)));
    String mixed = url(name).replace("/shop/", Site.CONTEXT + "/");
    assertRefused("dpop_uri_mismatch", name, proof(mixed));
  }

  @Test
  @DisplayName("HTTP-04, HTTP-05, HTTP-06: forged by the client, and overwritten by the proxy")
  void forwardedHeadersOfTheClient_changeNothing() throws Exception {
    String name = TWO_ADDRESSES;
    String[] forged = {
      "X-Forwarded-Host", "other.example",
      "X-Forwarded-Proto", "http",
      "X-Forwarded-Port", "80",
      "X-Forwarded-For", "203.0.113.9",
      "Forwarded", "for=203.0.113.9;proto=http;host=other.example"
    };
    String other = OTHER + "/" + name + "/echo";

    assertRefused("dpop_uri_mismatch", name, and(proof(other), forged));
    AuditFile audit = application.paths().audit(name);
    int before = audit.size();
    HttpResponse<String> response = send(name, and(proof(url(name)), forged));

    assertEquals(200, response.statusCode(), response::toString);
    AuditFile.Entry entry = audit.awaitAfter(before, "request", 1).get(0);
    assertEquals(url(name), entry.get("resource"));
    assertEquals("127.0.0.1", entry.get("client"));
  }

  @Test
  @DisplayName("HTTP-04: whoever is not the proxy is not believed")
  void forwardedHeadersFromElsewhere_changeNothing() throws Exception {
    String proof = client.proof("GET", url(TWO_ADDRESSES), BOUND_TO_KEY).line();
    String host = "X-Forwarded-Host: " + URI.create(url(TWO_ADDRESSES)).getAuthority();
    AuditFile audit = application.paths().audit(TWO_ADDRESSES);
    int before = audit.size();

    RawHttp.Response response =
        direct(TWO_ADDRESSES, "Authorization: DPoP " + BOUND_TO_KEY, proof, host);

    assertEquals(401, response.status(), response::toString);
    AuditFile.Entry entry = audit.awaitAfter(before, "request", 1).get(0);
    assertEquals("dpop_uri_mismatch", entry.get("failedRuleType"));
  }

  /** nginx decodes a path of which it takes something off; the manual says so. */
  @Test
  @DisplayName("DPOP-26: the proxy has made another path of it, which is refused")
  void escapedSlash_whichTheProxyDecodes_isRefused() throws Exception {
    String url = url(MANUAL) + "/a%2Fb";

    HttpResponse<String> response = send(https(false), url, proof(url));

    assertEquals(401, response.statusCode(), response::toString);
  }

  @Test
  @DisplayName("MTB-01, MTB-05: the certificate of the TLS connection that ends at the proxy")
  void certificateThatTheProxyPassesOn_isThatOfTheToken() throws Exception {
    String[] bearer = {"Authorization", "Bearer " + BOUND_TO_CERTIFICATE};

    HttpResponse<String> response = send(https(true), url(MANUAL), bearer);

    assertEquals(200, response.statusCode(), () -> response + nginx.process().said());
    assertRefused("certificate_missing", MANUAL, bearer);
  }

  @Test
  @DisplayName("MTB-02: another certificate than that of the token")
  void certificateOfSomebodyElse_isRefused() throws Exception {
    HttpClient stranger =
        HttpClient.newBuilder()
            .sslContext(Identities.shared().trust(Identities.shared().stranger()))
            .build();
    AuditFile audit = application.paths().audit(MANUAL);
    int before = audit.size();

    HttpResponse<String> response =
        send(stranger, url(MANUAL), "Authorization", "Bearer " + BOUND_TO_CERTIFICATE);

    assertEquals(401, response.statusCode(), response::toString);
    AuditFile.Entry entry = audit.awaitAfter(before, "request", 1).get(0);
    assertEquals("certificate_binding_mismatch", entry.get("failedRuleType"));
  }

  @Test
  @DisplayName("MTB-05: in a header that a client has written itself")
  void certificateThatTheClientClaims_isNone() throws Exception {
    String bearer = "Bearer " + BOUND_TO_CERTIFICATE;
    String header = Nginx.settings(nginx.port()).get("request.client-certificate-header");
    String pem = URLEncoder.encode(Identities.shared().client().pem(), StandardCharsets.US_ASCII);
    String escaped = pem.replace("+", "%20");

    assertRefused("certificate_missing", MANUAL, "Authorization", bearer, header, escaped);
    RawHttp.Response response = direct(MANUAL, "Authorization: " + bearer, header + ": " + escaped);
    assertEquals(401, response.status(), response::toString);
  }

  /** Past the proxy, from an address that is not the proxy's. */
  private RawHttp.Response direct(String name, String... fieldLines) throws Exception {
    try (RawHttp http =
        RawHttp.from(InetAddress.getByName("127.0.0.2"), application.jetty().port())) {
      return http.send("GET", Site.CONTEXT + "/" + name + "/echo", fieldLines);
    }
  }

  private void assertRefused(String reason, String name, String... headers) throws Exception {
    AuditFile audit = application.paths().audit(name);
    int before = audit.size();

    HttpResponse<String> response = send(name, headers);

    assertEquals(401, response.statusCode(), response::toString);
    AuditFile.Entry entry = audit.awaitAfter(before, "request", 1).get(0);
    assertEquals(reason, entry.get("failedRuleType"), entry::toString);
  }

  private HttpResponse<String> send(String name, String... headers) throws Exception {
    return send(https(false), url(name), headers);
  }

  private static HttpResponse<String> send(HttpClient http, String url, String... headers)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .headers(headers)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static HttpClient https(boolean withCertificate) throws Exception {
    Identities identities = Identities.shared();
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(withCertificate ? identities.trust(identities.client()) : identities.trust())
        .build();
  }

  private String url(String name) {
    return Nginx.baseUrl(nginx.port()) + "/" + name + "/echo";
  }

  private String[] proof(String url) {
    String proof = client.proof("GET", url, BOUND_TO_KEY).toString();
    return new String[] {"Authorization", "DPoP " + BOUND_TO_KEY, "DPoP", proof};
  }

  private static String[] and(String[] some, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(some));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("as.introspection-endpoint", server.url("/introspect"));
    settings.put("as.secure", "false");
    settings.put("client.id", "shop");
    settings.put("client.secret", "secret");
    settings.putAll(more);
    return settings;
  }
}
