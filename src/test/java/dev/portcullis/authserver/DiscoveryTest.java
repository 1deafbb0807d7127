/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.http.TransportException.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of metadata in the course of time. */
class DiscoveryTest {

  private static final String ISSUER = "https://as.example.com";
  private static final String AS = "as.example.com";
  private static final String A = "a.example.com:443";
  private static final String B = "b.example.com:443";

  private final ManualTime time = new ManualTime();
  private final ScriptedTransport transport =
      new ScriptedTransport()
          .target(A, ScriptedTransport.answers())
          .target(B, ScriptedTransport.answers());

  private static TestingClient.Builder settings(ManualTime time) {
    return TestingClient.of()
        .with("as.issuer", ISSUER)
        .with("as.discovery", "true")
        .with("as.discovery-max-stale", "100")
        .with("as.introspection-endpoint", "")
        .with("as.audit", "off")
        .timing(time);
  }

  private static String endpoint(String host) {
    return "\"introspection_endpoint\":\"https://" + host + "/introspect\"";
  }

  private void publish(String... members) {
    String document = "{\"issuer\":\"" + ISSUER + "\"," + String.join(",", members) + "}";
    transport.target(AS, ScriptedTransport.says(document));
  }

  private TestingClient client() {
    return settings(time).over(transport);
  }

  private List<String> asked(TestingClient client) throws AuthorizationServerException {
    transport.asked();
    client.introspect();
    return transport.asked();
  }

  private static List<String> details(TestingClient client, String kind) {
    return client.events().stream()
        .filter(event -> event.type() == AuditEvent.Type.SYSTEM)
        .filter(event -> event.get(AuditField.KIND).equals(Optional.of(kind)))
        .map(event -> event.get(AuditField.DETAIL).orElse("").toString())
        .toList();
  }

  @Test
  @DisplayName("DIS-06: before the first document every call fails and says when to come again")
  void noDocumentYet_isUnavailable() throws Exception {
    transport.target(AS, ScriptedTransport.fails(Stage.CONNECT));
    TestingClient client = client();
    int[] waits = {1, 2, 4, 8, 16, 30, 30, 30};
    for (int wait : waits) {
      client.discovery().attempt();
      AuthorizationServerException refusal = client.refusal();
      assertEquals(AuthorizationServerException.Kind.UNAVAILABLE, refusal.kind());
      assertEquals(Duration.ofSeconds(wait), refusal.retryAfter());
      assertEquals("as.issuer", refusal.setting());
    }
    time.pass(Duration.ofMillis(29_500));
    assertEquals(Duration.ofSeconds(1), client.refusal().retryAfter());
    assertEquals(List.of("scripted (as.issuer)"), details(client, "metadata-failed"));
    assertEquals(
        List.of(
            "WARNING No metadata of the authorization server https://as.example.com: scripted."
                + " See as.issuer. There is none to use."),
        client.log());

    publish(endpoint(A));
    client.discovery().attempt();

    assertEquals(List.of(A), asked(client));
    assertEquals(List.of(ISSUER), details(client, "metadata-recovered"));
  }

  @Test
  void bothPlacesAreAskedAtMostOnceInAnAttempt() {
    transport.target(AS, ScriptedTransport.status(404));
    TestingClient client = client();
    client.discovery().attempt();
    assertEquals(List.of(AS, AS), transport.asked());
  }

  @Test
  void attempt_endsWithTheOverallTimeout() {
    transport.target(AS, ScriptedTransport.failsAfter(time, Duration.ofHours(1), Stage.TIMEOUT));
    TestingClient client = settings(time).with("http.overall-timeout", "3000").over(transport);
    long began = time.nanoTime();
    client.discovery().attempt();
    assertEquals(Duration.ofSeconds(3), Duration.ofNanos(time.nanoTime() - began));
    assertEquals(List.of(AS), transport.asked());
  }

  @Test
  @DisplayName("DIS-08: the last good document is used until it is too old, and then none is")
  void failedRefresh_keepsTheLastGoodDocumentForABoundedTime() throws Exception {
    publish(endpoint(A));
    TestingClient client = client();
    client.discovery().attempt();
    time.pass(Duration.ofSeconds(40));
    transport.target(AS, ScriptedTransport.status(500));
    client.discovery().attempt();

    assertEquals(List.of(A), asked(client));
    time.pass(Duration.ofSeconds(60));
    assertEquals(List.of(A), asked(client));
    time.pass(Duration.ofNanos(1));
    assertEquals("as.issuer", client.refusal().setting());
    assertEquals(Optional.empty(), client.discovery().keySet());

    client.discovery().attempt();
    assertEquals(
        List.of(
            "WARNING No metadata of the authorization server https://as.example.com: status 500."
                + " See as.issuer. What was fetched before remains in use.",
            "WARNING No metadata of the authorization server https://as.example.com: status 500."
                + " See as.issuer. There is none to use."),
        client.log());
  }

  @Test
  void document_isNotTooOldBeforeARefreshHasFailed() throws Exception {
    publish(endpoint(A));
    TestingClient client = client();
    client.discovery().attempt();
    time.pass(Duration.ofDays(1));
    assertEquals(List.of(A), asked(client));
  }

  @Test
  @DisplayName("DIS-08: a wrong document counts as none, and nothing of it is used")
  void wrongDocument_changesNothing() throws Exception {
    publish(endpoint(A), "\"jwks_uri\":\"https://a.example.com/keys\"");
    TestingClient client = client();
    client.discovery().attempt();

    publish(endpoint(B), "\"jwks_uri\":\"file:/etc/passwd\"");
    client.discovery().attempt();

    assertEquals(List.of(A), asked(client));
    assertEquals(
        Optional.of(URI.create("https://a.example.com/keys")), client.discovery().keySet());
    assertTrue(client.log().get(0).startsWith("ERROR "), client.log().toString());
    assertEquals(
        List.of("jwks_uri is not an https URL (as.issuer)"), details(client, "metadata-failed"));
  }

  @Test
  @DisplayName("DIS-07: another host of the endpoint or of the keys is told, and then used")
  void changedHost_isTold() throws Exception {
    publish(endpoint(A), "\"jwks_uri\":\"https://a.example.com/keys\"");
    TestingClient client = client();
    client.discovery().attempt();
    publish(endpoint(A), "\"jwks_uri\":\"https://a.example.com/other\"");
    client.discovery().attempt();
    assertEquals(List.of(), client.log());

    publish(endpoint(B), "\"jwks_uri\":\"https://c.example.com:8443/keys\"");
    client.discovery().attempt();

    List<String> changes =
        List.of(
            "introspection_endpoint was at a.example.com:443 and is at b.example.com:443",
            "jwks_uri was at a.example.com:443 and is at c.example.com:8443");
    assertEquals(changes, details(client, "metadata-changed"));
    assertEquals(2, client.log().size());
    assertTrue(client.log().get(0).startsWith("WARNING "), client.log().toString());
    assertTrue(client.log().get(0).contains(changes.get(0)), client.log().toString());
    assertEquals(List.of(B), asked(client));
  }

  @Test
  @DisplayName("DIS-07: hosts that are set stay, whatever the document says")
  void targetsThatAreSet_stay() throws Exception {
    publish(endpoint(A));
    TestingClient client =
        settings(time).with("as.targets", B).with("as.secure", "true").over(transport);
    client.discovery().attempt();
    assertEquals(List.of(B), asked(client));

    publish(endpoint("c.example.com"));
    client.discovery().attempt();

    assertEquals(List.of(B), asked(client));
    assertEquals(1, details(client, "metadata-changed").size());
  }

  @Test
  @DisplayName(
      "DIS-07: a method of authentication that the document does not list is warned of once")
  void missingMethod_isWarnedOf() {
    publish(endpoint(A), "\"introspection_endpoint_auth_methods_supported\":[\"private_key_jwt\"]");
    TestingClient client = client();
    client.discovery().attempt();
    client.discovery().attempt();
    assertEquals(
        List.of(
            "WARNING client.credentials-type: the metadata of the authorization server"
                + " https://as.example.com does not list client_secret_basic among"
                + " introspection_endpoint_auth_methods_supported."),
        client.log());

    publish(
        endpoint(A), "\"introspection_endpoint_auth_methods_supported\":[\"client_secret_basic\"]");
    client.discovery().attempt();
    assertEquals(1, client.log().size());
  }

  @Test
  void healthOfATarget_survivesARefresh() throws Exception {
    publish(endpoint(A));
    TestingClient client = client();
    client.discovery().attempt();
    transport.target(A, ScriptedTransport.fails(Stage.CONNECT));
    client.refusal();
    client.discovery().attempt();
    transport.asked();

    client.refusal();
    assertEquals(List.of(), transport.asked());

    publish(endpoint(B));
    client.discovery().attempt();
    assertEquals(List.of(B), asked(client));
  }

  @Test
  void endpointThatIsSet_needsNoDocument() throws Exception {
    transport.target(AS, ScriptedTransport.fails(Stage.CONNECT));
    TestingClient client =
        settings(time)
            .with("as.targets", B)
            .with("as.secure", "true")
            .with("as.introspection-endpoint", "/introspect")
            .over(transport);
    client.discovery().attempt();
    assertEquals(List.of(B), asked(client));
    assertEquals(Optional.empty(), client.discovery().keySet());
  }

  @Test
  void withoutDiscovery_nothingIsFetched() throws Exception {
    TestingClient client = TestingClient.of(B).with("as.issuer", ISSUER).over(transport);
    client.discovery().attempt();
    assertEquals(List.of(), transport.asked());
    assertEquals(List.of(B), asked(client));
  }
}
