/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.access.Evidence.Source;
import dev.portcullis.api.Reason;
import dev.portcullis.dpop.DpopProof;
import dev.portcullis.dpop.DpopProofValidator;
import dev.portcullis.dpop.ReplayGuard;
import dev.portcullis.dpop.UnverifiedProof;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Credentials;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Statement;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The protected resource: takes a request through the steps that lead to a decision. Whatever can
 * be decided without the authorization server is decided at once; every check runs on every
 * request, also on a cached answer. Safe for use by several threads.
 */
public final class ResourceServer {

  private static final String TRUSTED_PROXIES = "request.trusted-proxies";

  private final AccessPolicy policy;
  private final Transport transport;
  private final AudienceParameter audience;
  private final TokenIntrospector introspector;
  private final TokenValidator validator;
  private final DpopProofValidator proofs;
  private final Optional<ReplayGuard> replays;
  private final SenderConstraint constraint;
  private final IdentitySettings identity;
  private final Challenges challenges;

  /**
   * Makes a protected resource.
   *
   * @param introspector the port to the authorization server
   * @param proofs judges DPoP proofs
   * @param replays lets each DPoP proof pass once, if that is wanted
   * @param clock what time it is
   */
  public ResourceServer(
      ResourceServerSettings settings,
      TokenIntrospector introspector,
      DpopProofValidator proofs,
      Optional<ReplayGuard> replays,
      InstantSource clock) {
    this.policy = new AccessPolicy(settings.access());
    this.transport = new Transport(settings.access().requiresHttps());
    this.audience = settings.audience();
    this.introspector = introspector;
    this.validator = new TokenValidator(settings.access(), clock);
    this.proofs = proofs;
    this.replays = replays;
    this.constraint =
        new SenderConstraint(
            settings.access().bindsCertificates(), settings.access().demandsBinding());
    this.identity = settings.identity();
    this.challenges =
        new Challenges(settings.challenge(), settings.dpop().algorithms(), proofs::nonce);
  }

  /** Whether a request is none of ours: its path is excluded, and can be read in one way only. */
  public boolean isExempt(ResourceRequest request) {
    return policy.isExcluded(request.path()) && isPlainlySpelt(request);
  }

  /** Whether the path of a request can be read in one way only. */
  public boolean isPlainlySpelt(ResourceRequest request) {
    return !PathSpelling.isAmbiguous(request);
  }

  /**
   * Decides about a request, or says that it takes asking the authorization server.
   *
   * @param exchangeId id of the request, for the audit trail
   */
  public Answer decide(ResourceRequest request, String exchangeId) {
    AccessRule rule = policy.ruleFor(request);
    try {
      checkWayHere(request);
      Optional<Credentials> credentials = rule.credentials().extract(request);
      if (credentials.isPresent()) {
        return prove(new Attempt(request, rule, credentials.get(), Optional.empty()), exchangeId);
      }
      refuseOtherScheme(request, rule);
      if (policy.isOptional(request.path())) {
        return Granted.anonymously();
      }
      throw rule.refusal();
    } catch (RefusedException refusal) {
      Optional<AuthScheme> scheme = rule.credentials().attempted(request);
      return challenges.refuse(refusal, rule.schemes(), scheme, Evidence.NONE);
    }
  }

  /**
   * Lets a CORS preflight request pass, with nobody behind it: it carries no token, and the
   * application must not take it for more than it is.
   */
  public Decision admitPreflight(ResourceRequest request) {
    AccessRule rule = policy.ruleFor(request);
    try {
      checkWayHere(request);
      return Granted.anonymously();
    } catch (RefusedException refusal) {
      return challenges.refuse(refusal, rule.schemes(), Optional.empty(), Evidence.NONE);
    }
  }

  /** Refuses a request that names another method than its own: for that, or for what is worse. */
  public Decision refuseOverride(ResourceRequest request) {
    AccessRule rule = policy.ruleFor(request);
    try {
      checkWayHere(request);
      throw RefusedException.of(
          OAuthError.INVALID_REQUEST, Reason.METHOD_OVERRIDE, "request.refuse-method-override");
    } catch (RefusedException refusal) {
      Optional<AuthScheme> scheme = rule.credentials().attempted(request);
      return challenges.refuse(refusal, rule.schemes(), scheme, Evidence.NONE);
    }
  }

  /** What does not depend on any token. */
  private void checkWayHere(ResourceRequest request) throws RefusedException {
    if (PathSpelling.isAmbiguous(request)) {
      throw ambiguousPath();
    }
    if (request.connection().statement() == Statement.UNREADABLE) {
      throw RefusedException.of(
              OAuthError.INVALID_REQUEST, Reason.REQUEST_MALFORMED, TRUSTED_PROXIES)
          .detailed("what the trusted proxy says of the connection");
    }
    transport.check(request.connection());
  }

  /**
   * Judges anew a request that was granted and now reaches another resource of the application.
   * Neither asks the authorization server nor looks at the life of the token again; only at what
   * the other resource needs. The age of the user's authentication is that of the first decision.
   */
  public Decision reconsider(Granted granted, ResourceRequest request) {
    if (policy.isExcluded(request.path())) {
      return granted;
    }
    AccessRule rule = policy.ruleFor(request);
    Optional<AuthScheme> scheme = granted.evidence().scheme();
    try {
      if (request.path().isEmpty()) {
        throw ambiguousPath();
      }
      if (scheme.isPresent() && !rule.schemes().contains(scheme.get())) {
        throw rule.refusalOf(scheme.get());
      }
      if (granted.token().isPresent()) {
        ProvenToken token = granted.token().get();
        validator.checkAudience(token.info(), rule);
        rule.authorize(token, token.checkedAt());
      } else if (!policy.isOptional(request.path())) {
        throw rule.refusal();
      }
      return granted;
    } catch (RefusedException refusal) {
      return challenges.refuse(refusal, rule.schemes(), scheme, granted.evidence());
    }
  }

  /** A token under a scheme that is known and not accepted here is no request without a token. */
  private static void refuseOtherScheme(ResourceRequest request, AccessRule rule)
      throws RefusedException {
    Optional<AuthScheme> other = rule.credentials().unaccepted(request);
    if (other.isPresent()) {
      throw rule.refusalOf(other.get());
    }
  }

  /** Checks the proof of possession, if the scheme has one, before anybody is asked. */
  private Answer prove(Attempt attempt, String exchangeId) {
    TokenQuery query =
        new TokenQuery(
            attempt.credentials().token(),
            audience.valueFor(attempt.request()),
            exchangeId,
            attempt.rule().timeToLive());
    if (attempt.credentials().scheme() != AuthScheme.DPOP) {
      return decide(attempt, query, introspector.known(query));
    }
    Optional<TokenInfo> known = Optional.empty();
    try {
      UnverifiedProof claimed = proofs.check(attempt.request(), query.token());
      known = introspector.known(query);
      if (known.isPresent()) {
        SenderConstraint.precheck(claimed, known.get());
      }
      return decide(attempt.with(claimed.verify()), query, known);
    } catch (RefusedException refusal) {
      return refuse(attempt, refusal, attempt.evidence(known));
    }
  }

  /** A request with credentials on its way to a decision. */
  private record Attempt(
      ResourceRequest request,
      AccessRule rule,
      Credentials credentials,
      Optional<DpopProof> proof) {

    Attempt with(DpopProof proven) {
      return new Attempt(request, rule, credentials, Optional.of(proven));
    }

    /** With what was at hand, if anything was. */
    Evidence evidence(Optional<TokenInfo> known) {
      return evidence(known, known.isPresent() ? Source.CACHE : Source.NONE, Duration.ZERO);
    }

    Evidence evidence(Optional<TokenInfo> info, Source source, Duration waited) {
      return new Evidence(
          Optional.of(credentials.scheme()),
          Optional.of(credentials.token()),
          info,
          source,
          waited);
    }
  }

  private Answer decide(Attempt attempt, TokenQuery query, Optional<TokenInfo> known) {
    if (known.isPresent()) {
      return judge(attempt, attempt.evidence(known));
    }
    Evidence nothing = attempt.evidence(Optional.empty());
    if (IntrospectionJwt.isOne(query.token())) {
      return refuse(
          attempt,
          RefusedException.of(OAuthError.INVALID_TOKEN, Reason.TOKEN_TYPE_UNUSABLE, ""),
          nothing);
    }
    return new Pending(() -> ask(attempt, query));
  }

  private Decision ask(Attempt attempt, TokenQuery query) {
    long start = System.nanoTime();
    try {
      Optional<TokenInfo> info = Optional.of(introspector.introspect(query));
      return judge(attempt, attempt.evidence(info, Source.INTROSPECTION, since(start)));
    } catch (UnavailableException failure) {
      Evidence evidence = attempt.evidence(Optional.empty(), Source.NONE, since(start));
      return challenges.refuse(failure, evidence);
    }
  }

  private Decision judge(Attempt attempt, Evidence evidence) {
    try {
      ValidToken valid = validator.validate(evidence.info().orElseThrow(), attempt.rule());
      ProvenToken proven = constraint.prove(attempt.request(), valid, attempt.proof());
      proven.proof().ifPresent(DpopProof::keepKey);
      attempt.rule().authorize(proven, proven.checkedAt());
      admit(proven);
      return Granted.to(proven, identity, evidence);
    } catch (RefusedException refusal) {
      return refuse(attempt, refusal, evidence);
    } catch (UnavailableException failure) {
      return challenges.refuse(failure, evidence);
    }
  }

  /** Last of all: only a proof for which all else holds is remembered as used. */
  private void admit(ProvenToken proven) throws RefusedException, UnavailableException {
    if (proven.proof().isPresent() && replays.isPresent()) {
      replays.get().admit(proven.proof().get());
    }
  }

  private Rejected refuse(Attempt attempt, RefusedException refusal, Evidence evidence) {
    Optional<AuthScheme> scheme = evidence.scheme();
    return challenges.refuse(refusal, attempt.rule().schemes(), scheme, evidence);
  }

  private static RefusedException ambiguousPath() {
    return RefusedException.of(OAuthError.INVALID_REQUEST, Reason.PATH_AMBIGUOUS, "");
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
