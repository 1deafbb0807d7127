/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Secret;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.BaseUrls;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a proof: {@code dpop.*}.
 *
 * @param type whether proofs are accepted or demanded
 * @param requiresNonce whether each proof must carry a nonce of ours
 * @param proofLifetime how long after its {@code iat} a proof is accepted
 * @param clockSkew how far in the future {@code iat} may lie
 * @param algorithms the algorithms a proof may use, in the order in which challenges name them
 * @param signatureProvider what verifies signatures
 * @param detectsReplay whether a proof is accepted only once
 * @param maxEntries how many used proofs are remembered at most
 * @param nonces how nonces are made
 * @param baseUrls the public origins of the application
 */
public record DpopSettings(
    Type type,
    boolean requiresNonce,
    Duration proofLifetime,
    Duration clockSkew,
    Set<SignatureAlgorithm> algorithms,
    SignatureProvider signatureProvider,
    boolean detectsReplay,
    int maxEntries,
    Nonces nonces,
    BaseUrls baseUrls) {

  /** {@code off}, {@code enabled} or {@code required}. */
  public enum Type {
    /** Bearer tokens only; tokens that are bound to a key are refused. */
    OFF,
    /** Bearer tokens, and tokens that are bound to a key. */
    ENABLED,
    /** Only tokens that are bound to a key. */
    REQUIRED
  }

  /**
   * How nonces are made.
   *
   * @param lifetime how long one is good
   * @param key key of their authentication, if one is set
   * @param previousKey key of those that were made before the key was replaced
   * @param enforcesIssueTime whether {@code iat} is looked at although there is a nonce
   */
  record Nonces(
      Duration lifetime,
      Optional<Secret> key,
      Optional<Secret> previousKey,
      boolean enforcesIssueTime) {}

  private static final String TYPE = "dpop.type";
  private static final String REQUIRE_NONCE = "dpop.require-nonce";
  private static final String PROOF_LIFETIME = "dpop.proof-lifetime";
  private static final String ALGORITHMS = "dpop.signing-algorithms";
  private static final String BASE_URLS = "request.base-urls";
  private static final List<String> DEFAULT_ALGORITHMS =
      List.of("ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA");
  private static final int SMALLEST_KEY = 32;
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Keeps the order of the algorithms. */
  public DpopSettings {
    algorithms = Collections.unmodifiableSet(new LinkedHashSet<>(algorithms));
  }

  /**
   * Reads the settings.
   *
   * @param baseUrls the public origins of the application, {@code request.base-urls}
   */
  public static DpopSettings read(ConfigReader config, BaseUrls baseUrls) {
    Type type = config.choice(TYPE, Type.OFF);
    boolean requiresNonce = config.flag(REQUIRE_NONCE, false);
    Duration proofLifetime = config.seconds(PROOF_LIFETIME, 120, 1, 3600);
    if (type == Type.OFF && requiresNonce) {
      config.warn(REQUIRE_NONCE, "has no effect unless dpop.type is enabled or required.");
    }
    if (type != Type.OFF && baseUrls.urls().isEmpty() && !config.isFaulty(BASE_URLS)) {
      config.problem(BASE_URLS, "is required when dpop.type is enabled or required.");
    }
    if (proofLifetime.compareTo(LONG) > 0) {
      config.warn(PROOF_LIFETIME, "is long: a stolen proof can be used in all that time.");
    }
    return new DpopSettings(
        type,
        requiresNonce,
        proofLifetime,
        config.seconds("dpop.clock-skew", 10, 0, 300),
        algorithms(config),
        config.choice("dpop.signature-provider", SignatureProvider.AUTO),
        config.flag("dpop.replay-detection", true),
        config.integer("dpop.replay-store-max-entries", 1_000_000, 1000, 10_000_000),
        nonces(config),
        baseUrls);
  }

  /** Whether the scheme DPoP is accepted at all. */
  public boolean isOn() {
    return type != Type.OFF;
  }

  private static Nonces nonces(ConfigReader config) {
    return new Nonces(
        config.seconds("dpop.nonce-lifetime", 120, 10, 3600),
        key(config, "dpop.nonce-key"),
        key(config, "dpop.nonce-previous-key"),
        config.flag("dpop.enforce-iat-with-nonce", false));
  }

  private static Optional<Secret> key(ConfigReader config, String key) {
    Optional<Secret> secret = config.secret(key);
    if (secret.isPresent() && !isKey(secret.get())) {
      config.problem(key, "must be base64 of at least 32 bytes.");
      return Optional.empty();
    }
    return secret;
  }

  private static boolean isKey(Secret secret) {
    try {
      return Base64.getDecoder().decode(secret.reveal()).length >= SMALLEST_KEY;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Set<SignatureAlgorithm> algorithms(ConfigReader config) {
    Set<SignatureAlgorithm> algorithms = new LinkedHashSet<>();
    for (String name : config.list(ALGORITHMS, DEFAULT_ALGORITHMS)) {
      SignatureAlgorithm.named(name)
          .ifPresentOrElse(
              algorithms::add,
              () ->
                  config.problem(
                      ALGORITHMS, "'" + name + "' is not an asymmetric signature algorithm."));
    }
    return algorithms;
  }
}
