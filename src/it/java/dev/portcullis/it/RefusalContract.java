/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In every container: each refusal looks as it should on the wire, although the application has an
 * error page for its status.
 */
public interface RefusalContract {

  /** Where the application is served. */
  Site site();

  /** Nothing, or nothing that is understood here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: at all",
        "Authorization:",
        "Authorization: Basic dXNlcjpwdw==",
        "X-Access-Token: abc",
        "Cookie: access_token=abc"
      })
  @DisplayName("No usable credentials: 401 without an error (ERR-01, BRR-06, BRR-09, BRR-17)")
  default void requestWithoutCredentials_isChallenged(String line) throws Exception {
    Refusal.UNAUTHENTICATED.expect(
        site(), "token_missing", () -> site().get(GuardedWebapp.ECHO, line));
  }

  /** DPoP is off, so its scheme is not one that is understood here. */
  @Test
  @DisplayName("A scheme that is off: 401 without an error (BRR-10)")
  default void schemeThatIsOff_isChallenged() throws Exception {
    Refusal.UNAUTHENTICATED.expect(
        site(),
        "dpop_not_accepted",
        () -> site().get(GuardedWebapp.ECHO, "Authorization: DPoP abc"));
  }

  /** HEAD has the fields of GET and no body. */
  @Test
  @DisplayName("HEAD is refused like GET, without a body (ERR-12)")
  default void refusalOfHead_hasNoBody() throws Exception {
    String echo = Site.CONTEXT + GuardedWebapp.ECHO;

    Response response = RawHttp.request(site().port(), "HEAD", echo, Site.bearer("unknown"));

    assertEquals(401, response.status());
    assertEquals(Refusal.INVALID_TOKEN.challenges(), response.challenges());
    try (RawHttp http = site().connect()) {
      http.send("HEAD", echo, Site.bearer("unknown"));
      assertEquals(
          GuardedWebapp.OPEN_TEXT, http.send("GET", Site.CONTEXT + GuardedWebapp.OPEN).body());
    }
  }

  /** Credentials that can be read in no way or in two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer to\"k",
        "Bearer to k",
        "Bearer\ttoken",
        "Bearer a, Bearer b",
        "Bearer a\\b"
      })
  @DisplayName("A malformed field: 400 (BRR-03, BRR-04, BRR-05, BRR-08)")
  default void malformedField_isRefused(String value) throws Exception {
    Refusal.INVALID_REQUEST.expect(
        site(),
        "request_malformed",
        () -> site().get(GuardedWebapp.ECHO, "Authorization: " + value));
  }

  /** A good token is no excuse. */
  @Test
  @DisplayName("Two Authorization fields: 400 (BRR-07)")
  default void twoFields_areRefused() throws Exception {
    String good = Site.bearer(site().server().token(TokenClient.OPAQUE, "orders:read"));

    for (String other : List.of(good, "Authorization: Basic dXNlcjpwdw==", "Authorization:")) {
      Refusal.INVALID_REQUEST.expect(
          site(), "request_malformed", () -> site().get(GuardedWebapp.ECHO, other, good));
    }
  }

  /** Alone or beside a good one, and however its name is spelled. */
  @Test
  @DisplayName("A token in the query: 400, and nowhere recorded (BRR-11, BRR-12, BRR-14)")
  default void tokenInQuery_isRefused() throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    for (String name : List.of("access_token", "access%5Ftoken")) {
      String path = GuardedWebapp.ECHO + "?" + name + "=" + token;
      Refusal.INVALID_REQUEST.expect(site(), "request_malformed", () -> site().get(path));
      Refusal.INVALID_REQUEST.expect(
          site(), "request_malformed", () -> site().getWith(token, path));
    }
    assertFalse(site().webapp().audit().text().contains(token));
  }

  /** A token that the server does not vouch for, or not for us. */
  @Test
  @DisplayName("Unknown, revoked, foreign: one and the same 401 (ERR-05, ERR-11, INT-16, AUZ-01)")
  default void unusableTokens_areRefusedAlike() throws Exception {
    String revoked = site().server().token(TokenClient.JWT, "orders:read");
    assertEquals(200, site().getWith(revoked, GuardedWebapp.ECHO).status());
    site().server().revoke(TokenClient.JWT, revoked);
    String foreign = site().server().token(TokenClient.OTHER_AUDIENCE, "orders:read");

    Response first = refused("never-issued", "token_inactive");
    Response second = refused(revoked, "token_inactive");
    Response third = refused(foreign, "audience_mismatch");

    assertEquals(withoutDate(first), withoutDate(second));
    assertEquals(withoutDate(first), withoutDate(third));
  }

  /** Behind the filter that remembers answers: not beyond the end of the token. */
  @Test
  @DisplayName("A token that has expired: 401, although it is remembered (CAC-02, ERR-05)")
  default void expiredToken_isRefused() throws Exception {
    String token = site().server().token(TokenClient.SHORT_LIVED, "orders:read");
    assertEquals(200, site().getWith(token, GuardedWebapp.CACHED).status());

    Response response =
        Polling.await(
            SpringAuthorizationServer.SHORT_LIFE.plus(Duration.ofSeconds(10)),
            () -> "the token still passes",
            () ->
                Optional.of(site().getWith(token, GuardedWebapp.CACHED))
                    .filter(answer -> answer.status() != 200));

    Refusal.INVALID_TOKEN.matches(response);
  }

  /** The challenge says what is missing. */
  @Test
  @DisplayName("A scope is missing: 403 that names it (ERR-06, AUZ-06)")
  default void missingScope_isNamed() throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    Refusal.insufficientScope("orders:write")
        .expect(site(), "scope_missing", () -> site().getWith(token, GuardedWebapp.WRITE));
  }

  /** Another token would not help. */
  @Test
  @DisplayName("The client is not allowed: 403 without a challenge")
  default void otherClient_isDenied() throws Exception {
    String token = site().server().token(TokenClient.JWT, "orders:read");

    Refusal.ACCESS_DENIED.expect(
        site(), "client_not_allowed", () -> site().getWith(token, GuardedWebapp.PARTNERS));
  }

  /** The peer is on this machine, too, but does not come from the loopback interface. */
  @Test
  @DisplayName("Plain HTTP from elsewhere: 403 without a challenge (BRR-20)")
  default void plainHttpFromElsewhere_isDenied() throws Exception {
    Optional<InetAddress> address = otherAddress();
    assumeTrue(address.isPresent(), "This machine has no address but those of its loopback.");
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");

    try (RawHttp http = RawHttp.from(address.get(), site().port())) {
      Refusal.ACCESS_DENIED.expect(
          site(),
          "https_required",
          () -> http.send("GET", Site.CONTEXT + GuardedWebapp.ECHO, Site.bearer(token)));
    }
  }

  private Response refused(String token, String reason) throws Exception {
    return Refusal.INVALID_TOKEN.expect(
        site(), reason, () -> site().getWith(token, GuardedWebapp.ECHO));
  }

  private static Response withoutDate(Response response) {
    List<Response.Field> headers =
        response.headers().stream().filter(field -> !field.name().equals("date")).toList();
    return new Response(response.status(), headers, response.body());
  }

  private static Optional<InetAddress> otherAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst();
  }
}
