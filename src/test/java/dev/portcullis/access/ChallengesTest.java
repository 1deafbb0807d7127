/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.access.ChallengeSettings.Body;
import dev.portcullis.api.Reason;
import dev.portcullis.dpop.SignatureAlgorithm;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Challenge;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChallengesTest {

  private static final ChallengeSettings PLAIN =
      new ChallengeSettings("api", false, Body.JSON, false, Optional.empty());
  private static final ChallengeSettings FULL =
      new ChallengeSettings(
          "api",
          true,
          Body.JSON,
          true,
          Optional.of(URI.create("https://api.example.com/.well-known/x")));
  private static final Set<AuthScheme> BOTH = EnumSet.allOf(AuthScheme.class);
  private static final Set<SignatureAlgorithm> ALGORITHMS = EnumSet.of(SignatureAlgorithm.ES256);

  /** What may stand in a challenge at a status, {@code none} for no error. */
  private static final Map<Integer, Set<String>> PERMITTED =
      Map.of(
          400,
          Set.of("invalid_request"),
          401,
          Set.of(
              "none",
              "invalid_token",
              "invalid_dpop_proof",
              "use_dpop_nonce",
              "insufficient_user_authentication"),
          403,
          Set.of("insufficient_scope"),
          500,
          Set.of(),
          503,
          Set.of());

  @Test
  @DisplayName("ERR-01, ERR-04: without an error, a bare challenge for each scheme")
  void noCredentials_areChallengedInEachScheme() {
    Rejected rejected = refuse(PLAIN, BOTH, asked(), Optional.empty());
    assertEquals(401, rejected.status());
    assertEquals(
        List.of("Bearer realm=\"api\"", "DPoP realm=\"api\", algs=\"ES256\""), lines(rejected));
    assertEquals(Optional.empty(), rejected.error());
  }

  @Test
  @DisplayName("ERR-05, FLD-60, FLD-61: only the scheme that was used, the error first")
  void error_standsWithTheSchemeUsed() {
    RefusedException refusal =
        RefusedException.of(OAuthError.INVALID_TOKEN, Reason.TOKEN_INACTIVE, "");
    assertEquals(
        List.of("Bearer error=\"invalid_token\", realm=\"api\""),
        lines(refuse(PLAIN, BOTH, refusal, Optional.of(AuthScheme.BEARER))));
    assertEquals(
        List.of("DPoP error=\"invalid_token\", realm=\"api\", algs=\"ES256\""),
        lines(refuse(PLAIN, BOTH, refusal, Optional.of(AuthScheme.DPOP))));
  }

  @Test
  @DisplayName("BRR-07, BRR-11: where no scheme can be told, it stands with each")
  void errorOfAmbiguousRequest_standsWithEachScheme() {
    RefusedException refusal =
        RefusedException.of(OAuthError.INVALID_REQUEST, Reason.REQUEST_MALFORMED, "");
    assertEquals(
        List.of(
            "Bearer error=\"invalid_request\", realm=\"api\"",
            "DPoP error=\"invalid_request\", realm=\"api\", algs=\"ES256\""),
        lines(refuse(PLAIN, BOTH, refusal, Optional.empty())));
  }

  @Test
  @DisplayName("ERR-06: the scopes that are needed")
  void missingScope_isNamed() {
    RefusedException refusal =
        RefusedException.of(
            OAuthError.INSUFFICIENT_SCOPE,
            Reason.SCOPE_MISSING,
            "require.scopes",
            Map.of("scope", "write admin"));
    Rejected rejected =
        refuse(PLAIN, EnumSet.of(AuthScheme.BEARER), refusal, Optional.of(AuthScheme.BEARER));
    assertEquals(403, rejected.status());
    assertEquals(
        List.of("Bearer error=\"insufficient_scope\", scope=\"write admin\", realm=\"api\""),
        lines(rejected));
    assertEquals("require.scopes", rejected.setting());
  }

  @Test
  @DisplayName("ERR-18, ERR-02, ERR-04: every refusal there can be")
  void statusClasses_neverMix() {
    int count = 0;
    for (ChallengeSettings settings : List.of(PLAIN, FULL)) {
      for (Set<AuthScheme> accepted :
          List.of(EnumSet.of(AuthScheme.BEARER), EnumSet.of(AuthScheme.DPOP), BOTH)) {
        for (Rejected rejected : allRefusals(settings, accepted)) {
          assertInItsClass(rejected, accepted);
          count++;
        }
      }
    }
    assertTrue(count >= 6 * 20, "only " + count);
  }

  @Test
  @DisplayName("FLD-60: a scheme that is not accepted here is answered with those that are")
  void schemeThatIsNotAccepted_isOfferedAllThatAre() {
    RefusedException refusal =
        RefusedException.of(OAuthError.INVALID_TOKEN, Reason.TOKEN_INACTIVE, "");
    assertEquals(
        List.of("DPoP error=\"invalid_token\", realm=\"api\", algs=\"ES256\""),
        lines(refuse(PLAIN, EnumSet.of(AuthScheme.DPOP), refusal, Optional.of(AuthScheme.BEARER))));
  }

  @Test
  @DisplayName("FLD-61: all parameters, the error first, realm and algs last")
  void allParameters_haveTheirOrder() {
    RefusedException refusal =
        RefusedException.of(
            OAuthError.INSUFFICIENT_SCOPE, Reason.SCOPE_MISSING, "", Map.of("scope", "write"));
    assertEquals(
        List.of(
            "DPoP error=\"insufficient_scope\", error_description=\"The request needs more"
                + " privileges than the access token gives.\", scope=\"write\","
                + " resource_metadata=\"https://api.example.com/.well-known/x\", realm=\"api\","
                + " algs=\"ES256\""),
        lines(refuse(FULL, BOTH, refusal, Optional.of(AuthScheme.DPOP))));
  }

  @Test
  @DisplayName(
      "FLD-62: a request without a token is told the scopes it needs, where that is wanted")
  void scopes_areAdvertisedWhereThatIsWanted() {
    RefusedException refusal =
        RefusedException.unauthenticated(Reason.TOKEN_MISSING, "", Map.of("scope", "write"));
    assertEquals(
        List.of(
            "Bearer scope=\"write\", resource_metadata=\"https://api.example.com/.well-known/x\","
                + " realm=\"api\""),
        lines(refuse(FULL, EnumSet.of(AuthScheme.BEARER), refusal, Optional.empty())));
    assertEquals(
        List.of("Bearer realm=\"api\""),
        lines(refuse(PLAIN, EnumSet.of(AuthScheme.BEARER), refusal, Optional.empty())));
  }

  private static void assertInItsClass(Rejected rejected, Set<AuthScheme> accepted) {
    Set<String> permitted = PERMITTED.get(rejected.status());
    Set<AuthScheme> challenged = EnumSet.noneOf(AuthScheme.class);
    for (Challenge challenge : rejected.challenges()) {
      String error = challenge.parameters().getOrDefault("error", "none");
      assertTrue(permitted.contains(error), rejected::toString);
      assertTrue(challenge.parameters().containsKey("realm"), rejected::toString);
      assertTrue(challenged.add(challenge.scheme()), rejected::toString);
    }
    assertTrue(accepted.containsAll(challenged), rejected::toString);
    assertTrue(rejected.status() != 401 || !challenged.isEmpty(), rejected::toString);
    assertEquals(rejected.status() == 503, rejected.retryAfter().isPresent());
  }

  private static List<Rejected> allRefusals(ChallengeSettings settings, Set<AuthScheme> accepted) {
    List<Rejected> all = new ArrayList<>();
    List<Optional<AuthScheme>> used = new ArrayList<>(List.of(Optional.empty()));
    accepted.forEach(scheme -> used.add(Optional.of(scheme)));
    for (Optional<AuthScheme> scheme : used) {
      all.add(refuse(settings, accepted, asked(), scheme));
      for (OAuthError error : OAuthError.values()) {
        if (error.status() < 500) {
          RefusedException refusal = RefusedException.of(error, Reason.TOKEN_INACTIVE, "");
          all.add(refuse(settings, accepted, refusal, scheme));
        }
      }
    }
    Challenges challenges = new Challenges(settings, ALGORITHMS, Optional::empty);
    for (Reason reason : Reason.values()) {
      UnavailableException failure = new UnavailableException(reason, Duration.ofSeconds(3), "");
      all.add(challenges.refuse(failure, Evidence.NONE));
    }
    return all;
  }

  private static Rejected refuse(
      ChallengeSettings settings,
      Set<AuthScheme> accepted,
      RefusedException refusal,
      Optional<AuthScheme> used) {
    return new Challenges(settings, ALGORITHMS, Optional::empty)
        .refuse(refusal, accepted, used, Evidence.NONE);
  }

  private static List<String> lines(Rejected rejected) {
    return rejected.challenges().stream().map(Challenge::toString).toList();
  }

  private static RefusedException asked() {
    return RefusedException.unauthenticated(Reason.TOKEN_MISSING, "", Map.of());
  }
}
