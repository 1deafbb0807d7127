/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Validates proofs (RFC 9449 section 4.3) as far as that takes nothing but the request: form,
 * claims, nonce, token hash and, last since it costs most, the signature. Safe for use by several
 * threads.
 */
public final class DpopProofValidator {

  private final DpopSettings settings;
  private final InstantSource clock;
  private final Instant startedAt;
  private final DpopNonces nonces;
  private final SignatureEngine signatures;
  private final ProofHeaders headers = new ProofHeaders();

  /**
   * Makes a validator.
   *
   * @param clock what time it is
   * @param signatures what verifies signatures
   */
  public DpopProofValidator(
      DpopSettings settings, InstantSource clock, TestedSignatures signatures) {
    this(settings, clock, (SignatureEngine) signatures);
  }

  DpopProofValidator(DpopSettings settings, InstantSource clock, SignatureEngine signatures) {
    this.settings = settings;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.nonces = new DpopNonces(settings.nonces(), settings.clockSkew(), clock);
    this.signatures = signatures;
  }

  /** A nonce for a client that needs one, if nonces are required. */
  public Optional<String> nonce() {
    return settings.requiresNonce() ? Optional.of(nonces.issue()) : Optional.empty();
  }

  /**
   * Checks everything but the signature.
   *
   * @param token the token that the request carries
   * @throws RefusedException if there is no proof, or not exactly one that may hold
   */
  public UnverifiedProof check(ResourceRequest request, AccessToken token) throws RefusedException {
    CompactProof proof = theOne(request.proofs());
    ProofHeader header = header(proof);
    ProofClaims claims = ProofClaims.parse(proof.payload());
    checkRequest(claims, request);
    Optional<Instant> nonceIssuedAt = checkNonce(claims);
    checkTime(claims, nonceIssuedAt.isPresent());
    checkTokenHash(claims, token);
    return new UnverifiedProof(
        header.thumbprint(), () -> verify(proof, header, claims, nonceIssuedAt));
  }

  private DpopProof verify(
      CompactProof proof, ProofHeader header, ProofClaims claims, Optional<Instant> nonceIssuedAt)
      throws RefusedException {
    checkSignature(proof, header);
    return new DpopProof(
        header.thumbprint(),
        Sha256.base64Url(header.thumbprint() + "." + claims.id()),
        acceptableUntil(claims, nonceIssuedAt),
        nonceIssuedAt.filter(nonces::isDue).map(time -> nonces.issue()),
        () -> headers.keep(proof.headerText(), header));
  }

  private static CompactProof theOne(List<String> proofs) throws RefusedException {
    if (proofs.isEmpty()) {
      throw Refusals.of(Reason.DPOP_PROOF_MISSING, DpopSettings.TYPE);
    }
    if (proofs.size() > 1) {
      throw Refusals.malformed("several proofs");
    }
    return CompactProof.parse(proofs.get(0));
  }

  private ProofHeader header(CompactProof proof) throws RefusedException {
    Optional<ProofHeader> known = headers.get(proof.headerText());
    return known.isPresent()
        ? known.get()
        : ProofHeader.parse(proof.header(), settings.algorithms(), signatures);
  }

  private void checkRequest(ProofClaims claims, ResourceRequest request) throws RefusedException {
    if (!claims.method().equals(request.method())) {
      throw Refusals.of(Reason.DPOP_METHOD_MISMATCH, "")
          .detailed(Difference.ofMethods(request.method(), claims.method()));
    }
    if (!isTarget(claims.uri(), request)) {
      Optional<String> expected = TargetUri.of(request, settings.baseUrls());
      throw Refusals.of(Reason.DPOP_URI_MISMATCH, DpopSettings.BASE_URLS)
          .detailed(Difference.ofUris(expected.orElse("none"), claims.uri()));
    }
  }

  private boolean isTarget(String claimed, ResourceRequest request) {
    if (TargetUri.isSpeltOut(claimed, request, settings.baseUrls())) {
      return true;
    }
    Optional<String> target = TargetUri.of(request, settings.baseUrls());
    return target.isPresent() && target.equals(TargetUri.normalise(claimed));
  }

  /** When the nonce was issued; nothing if none is required, and then none is looked at. */
  private Optional<Instant> checkNonce(ProofClaims claims) throws RefusedException {
    if (!settings.requiresNonce()) {
      return Optional.empty();
    }
    if (claims.nonce().isEmpty()) {
      throw Refusals.nonce(Reason.DPOP_NONCE_MISSING);
    }
    Optional<Instant> issuedAt = nonces.issuedAt(claims.nonce().get()).filter(this::isRemembered);
    if (issuedAt.isEmpty()) {
      throw Refusals.nonce(Reason.DPOP_NONCE_STALE);
    }
    return issuedAt;
  }

  /** Whether it would be known here if a proof with a nonce of that time had been used. */
  private boolean isRemembered(Instant issuedAt) {
    return !settings.forgetsAtStart() || issuedAt.getEpochSecond() >= startedAt.getEpochSecond();
  }

  private void checkTime(ProofClaims claims, boolean hasNonce) throws RefusedException {
    long now = clock.instant().getEpochSecond();
    long latest = now + settings.clockSkew().toSeconds();
    if (claims.expiresAt() <= now) {
      throw untimely(Reason.DPOP_PROOF_EXPIRED, "", "exp");
    }
    if (claims.notBefore() > latest) {
      throw untimely(Reason.DPOP_PROOF_FUTURE, DpopSettings.CLOCK_SKEW, "nbf");
    }
    if (hasNonce && !settings.nonces().enforcesIssueTime()) {
      return;
    }
    if (claims.issuedAtTheLatest() > latest) {
      throw untimely(Reason.DPOP_PROOF_FUTURE, DpopSettings.CLOCK_SKEW, age(claims, now));
    }
    if (claims.issuedAtTheEarliest() < now - settings.proofLifetime().toSeconds()) {
      throw untimely(Reason.DPOP_PROOF_EXPIRED, DpopSettings.PROOF_LIFETIME, age(claims, now));
    }
    if (!hasNonce && isFromBeforeTheStart(claims)) {
      throw RefusedException.of(
              OAuthError.INVALID_DPOP_PROOF,
              Reason.DPOP_PROOF_EXPIRED,
              ReplayStoreClass.KEY,
              "The server has just started and takes no proof from before that: server time "
                  + second(now)
                  + ".")
          .detailed("iat: before the start");
    }
  }

  private static String age(ProofClaims claims, long now) {
    return "iat: " + (now - claims.issuedAtTheEarliest()) + " s old";
  }

  /** Such a proof could have been used already; with a nonce, that tells when. */
  private boolean isFromBeforeTheStart(ProofClaims claims) {
    return settings.forgetsAtStart() && claims.issuedAtTheEarliest() < startedAt.getEpochSecond();
  }

  /** Tells the client what time it is here: its clock is the likely cause. */
  private RefusedException untimely(Reason reason, String setting, String detail) {
    String description =
        "The proof is not from now: server time "
            + second(clock.instant().getEpochSecond())
            + ", at most "
            + settings.proofLifetime().toSeconds()
            + " s old and "
            + settings.clockSkew().toSeconds()
            + " s ahead.";
    return RefusedException.of(OAuthError.INVALID_DPOP_PROOF, reason, setting, description)
        .detailed(detail);
  }

  private static Instant second(long epochSecond) {
    return Instant.ofEpochSecond(epochSecond);
  }

  private static void checkTokenHash(ProofClaims claims, AccessToken token)
      throws RefusedException {
    byte[] claimed = claims.tokenHash().getBytes(StandardCharsets.UTF_8);
    byte[] actual = token.digest().base64Url().getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(actual, claimed)) {
      throw Refusals.of(Reason.DPOP_TOKEN_HASH_MISMATCH, "");
    }
  }

  private void checkSignature(CompactProof proof, ProofHeader header) throws RefusedException {
    if (!header.verifier().verifies(proof.signingInput(), proof.signature())) {
      throw Refusals.of(Reason.DPOP_PROOF_SIGNATURE, "");
    }
  }

  /** The first whole second in which neither {@code iat} nor the nonce would be accepted. */
  private Instant acceptableUntil(ProofClaims claims, Optional<Instant> nonceIssuedAt) {
    return nonceIssuedAt
        .map(nonces::expiryOf)
        .orElseGet(
            () ->
                Instant.ofEpochSecond(claims.issuedAtTheEarliest())
                    .plus(settings.proofLifetime())
                    .plusSeconds(1));
  }
}
