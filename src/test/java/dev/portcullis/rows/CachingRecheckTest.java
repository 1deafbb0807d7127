/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static dev.portcullis.oauth.Tokens.T;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.access.Answer;
import dev.portcullis.access.Decision;
import dev.portcullis.access.Granted;
import dev.portcullis.access.Pending;
import dev.portcullis.access.Rejected;
import dev.portcullis.access.ResourceServer;
import dev.portcullis.access.ResourceServerSettings;
import dev.portcullis.api.Reason;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import dev.portcullis.dpop.DpopProofValidator;
import dev.portcullis.dpop.DpopSettings;
import dev.portcullis.dpop.TestedSignatures;
import dev.portcullis.introspection.CacheSettings;
import dev.portcullis.introspection.CachingTokenIntrospector;
import dev.portcullis.introspection.TokenCache;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.Tokens;
import dev.portcullis.oauth.UnavailableException;
import dev.portcullis.store.EhcacheTokenCache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What time does to a remembered answer: decisions on a clock and a ticker that the tests set. */
class CachingRecheckTest {

  private Instant now = Tokens.NOW;
  private long ticker;
  private String members = "";
  private boolean isDown;
  private int calls;

  private final ConfigReader settings =
      new ConfigReader(
          List.of(
              PropertySource.of(
                  Map.of(
                      "cache.tokens", "true",
                      "cache.token-time-to-live", "30",
                      "rule.recent.paths", "/recent",
                      "rule.recent.max-age", "300",
                      "rule.write.paths", "/write",
                      "rule.write.scopes", "write"))));
  private final TokenCache active = new EhcacheTokenCache(100, 64 << 20, () -> ticker);
  private final TokenCache inactive = new EhcacheTokenCache(100, 64 << 20, () -> ticker);
  private final ResourceServer resource =
      new ResourceServer(
          ResourceServerSettings.read(
              settings, Optional.empty(), Optional.of(Duration.ofSeconds(30)), false),
          new CachingTokenIntrospector(
              new Server(), CacheSettings.read(settings), active, inactive, () -> ticker),
          proofs(),
          Optional.empty(),
          () -> now);

  /** There is none: DPoP is off. */
  private DpopProofValidator proofs() {
    DpopSettings off = DpopSettings.read(settings, false, new BaseUrls(List.of()));
    try {
      return new DpopProofValidator(off, () -> now, TestedSignatures.of(off));
    } catch (InvalidConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    active.close();
    inactive.close();
  }

  @Test
  @DisplayName("CAC-02, CAC-03: a remembered answer is checked for exp by the clock")
  void exp_isCheckedAgain() {
    members = "\"exp\":" + (T + 5);
    assertGranted("/r");
    now = Instant.ofEpochSecond(T + 4, 999_999_999);
    assertGranted("/r");
    now = Instant.ofEpochSecond(T + 5);
    assertRefused("/r", Reason.TOKEN_EXPIRED);
    assertEquals(1, calls, "from memory");
  }

  @Test
  @DisplayName("CAC-02: at exp by the ticker the answer is gone, whatever the clock says")
  void exp_isTheEndOfTheAnswer() {
    members = "\"exp\":" + (T + 5);
    assertGranted("/r");
    now = now.minus(Duration.ofHours(1));
    pass(Duration.ofSeconds(5).minusNanos(1));
    assertGranted("/r");
    assertEquals(1, calls);
    pass(Duration.ofNanos(1));
    assertGranted("/r");
    assertEquals(2, calls);
  }

  @Test
  @DisplayName("CAC-03: a remembered answer is checked for nbf")
  void nbf_isCheckedAgain() {
    members = "\"nbf\":" + (T + 11);
    assertRefused("/r", Reason.TOKEN_EXPIRED);
    now = Instant.ofEpochSecond(T + 1);
    assertGranted("/r");
    now = Instant.ofEpochSecond(T);
    assertRefused("/r", Reason.TOKEN_EXPIRED);
    assertEquals(1, calls);
  }

  @Test
  @DisplayName("CAC-01: at T+30 a new question, and a revocation is seen")
  void timeToLive_isTheEndOfTheAnswer() {
    assertGranted("/r");
    pass(Duration.ofSeconds(30).minusNanos(1));
    members = "-";
    assertGranted("/r");
    pass(Duration.ofNanos(1));
    assertRefused("/r", Reason.TOKEN_INACTIVE);
    assertEquals(2, calls);
  }

  @Test
  @DisplayName("CAC-03: a remembered answer is checked for scope")
  void scope_isCheckedAgain() {
    members = "\"scope\":\"read\"";
    assertGranted("/r");
    assertRefused("/write", Reason.SCOPE_MISSING);
    assertEquals(1, calls);
  }

  @Test
  @DisplayName("HTTP-14: a dispatch does not make the authentication of the user older")
  void ageOfTheAuthentication_isThatOfTheDecision() {
    members = "\"auth_time\":" + (T - 299);
    Granted granted = assertInstanceOf(Granted.class, decide("/recent"));
    now = Instant.ofEpochSecond(T + 60);
    assertInstanceOf(Granted.class, resource.reconsider(granted, request("/recent")));
    assertRefused("/recent", Reason.STEP_UP_REQUIRED);
  }

  @Test
  @DisplayName("HTTP-12: but a dispatch to a rule that asks for a younger one is refused")
  void ageOfTheAuthentication_isJudgedInADispatch() {
    members = "\"auth_time\":" + (T - 301);
    Granted granted = assertInstanceOf(Granted.class, decide("/r"));
    Decision again = resource.reconsider(granted, request("/recent"));
    assertEquals(Reason.STEP_UP_REQUIRED, assertInstanceOf(Rejected.class, again).reason());
  }

  @Test
  @DisplayName("CAC-08: past its time an answer does not serve in an outage")
  void staleAnswer_doesNotServe() {
    assertGranted("/r");
    isDown = true;
    pass(Duration.ofSeconds(30).minusNanos(1));
    assertGranted("/r");
    pass(Duration.ofNanos(1));
    assertRefused("/r", Reason.AS_UNAVAILABLE);
    isDown = false;
    assertGranted("/r");
  }

  private void pass(Duration time) {
    ticker += time.toNanos();
  }

  private void assertGranted(String path) {
    assertInstanceOf(Granted.class, decide(path));
  }

  private void assertRefused(String path, Reason reason) {
    assertEquals(reason, assertInstanceOf(Rejected.class, decide(path)).reason());
  }

  private Decision decide(String path) {
    Answer answer = resource.decide(request(path), "exchange");
    return answer instanceof Pending pending ? pending.await() : (Decision) answer;
  }

  private static ResourceRequest request(String path) {
    return new ResourceRequest(
        "GET",
        path,
        Optional.empty(),
        "",
        path,
        List.of("Bearer tok"),
        List.of(),
        new Connection(true, "127.0.0.1", "https", "api.example.com", 443, Optional.empty()));
  }

  /** Says that a token is active and what the test wants to be said of it. */
  private final class Server implements TokenIntrospector {

    @Override
    public Optional<TokenInfo> known(TokenQuery query) {
      return Optional.empty();
    }

    @Override
    public TokenInfo introspect(TokenQuery query) throws UnavailableException {
      calls++;
      if (isDown) {
        throw new UnavailableException(Reason.AS_UNAVAILABLE, Duration.ofSeconds(1), "");
      }
      return members.equals("-") ? Tokens.inactive() : Tokens.active(members);
    }
  }
}
