/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Secret;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.BaseUrls;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a proof: {@code dpop.*}.
 *
 * @param isOn whether proofs are accepted anywhere
 * @param requiresNonce whether each proof must carry a nonce of ours
 * @param proofLifetime how long after its {@code iat} a proof is accepted
 * @param clockSkew how far in the future {@code iat} may lie
 * @param algorithms the algorithms a proof may use, in the order in which challenges name them
 * @param signatureProvider what verifies signatures
 * @param detectsReplay whether a proof is accepted only once
 * @param maxEntries how many used proofs this node remembers at most
 * @param store the user's own record of used proofs, if they are not remembered here
 * @param nonces how nonces are made
 * @param baseUrls the public origins of the application
 */
public record DpopSettings(
    boolean isOn,
    boolean requiresNonce,
    Duration proofLifetime,
    Duration clockSkew,
    Set<SignatureAlgorithm> algorithms,
    SignatureProvider signatureProvider,
    boolean detectsReplay,
    int maxEntries,
    Optional<ReplayStoreClass> store,
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

  /** Key of what holds where no rule says otherwise. */
  public static final String TYPE = "dpop.type";

  static final String REQUIRE_NONCE = "dpop.require-nonce";
  static final String PROOF_LIFETIME = "dpop.proof-lifetime";
  static final String CLOCK_SKEW = "dpop.clock-skew";
  static final String ALGORITHMS = "dpop.signing-algorithms";
  static final String REPLAY_DETECTION = "dpop.replay-detection";
  static final String MAX_ENTRIES = "dpop.replay-store-max-entries";
  static final String BASE_URLS = "request.base-urls";
  private static final List<String> DEFAULT_ALGORITHMS =
      Arrays.stream(SignatureAlgorithm.values()).map(SignatureAlgorithm::toString).toList();
  private static final int SMALLEST_KEY = 32;
  private static final byte[] NOTHING = new byte[0];
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Keeps the order of the algorithms. */
  public DpopSettings {
    algorithms = Collections.unmodifiableSet(new LinkedHashSet<>(algorithms));
  }

  /**
   * Reads the settings.
   *
   * @param isOn whether proofs are accepted anywhere
   * @param baseUrls the public origins of the application, {@code request.base-urls}
   */
  public static DpopSettings read(ConfigReader config, boolean isOn, BaseUrls baseUrls) {
    boolean requiresNonce = config.flag(REQUIRE_NONCE, false);
    Duration proofLifetime = config.seconds(PROOF_LIFETIME, 120, 1, 3600);
    if (!isOn && requiresNonce) {
      config.warn(REQUIRE_NONCE, "has no effect unless dpop.type is enabled or required.");
    }
    if (isOn && baseUrls.urls().isEmpty() && !config.isFaulty(BASE_URLS)) {
      config.problem(BASE_URLS, "is required when dpop.type is enabled or required.");
    }
    if (proofLifetime.compareTo(LONG) > 0) {
      config.warn(PROOF_LIFETIME, "is long: a stolen proof can be used in all that time.");
    }
    DpopSettings settings =
        new DpopSettings(
            isOn,
            requiresNonce,
            proofLifetime,
            config.seconds(CLOCK_SKEW, 10, 0, 300),
            algorithms(config),
            config.choice("dpop.signature-provider", SignatureProvider.AUTO),
            config.flag(REPLAY_DETECTION, true),
            config.integer(MAX_ENTRIES, 1_000_000, 1000, 10_000_000),
            ReplayStoreClass.read(config),
            nonces(config),
            baseUrls);
    settings.warnOfMemory(config);
    return settings;
  }

  private void warnOfMemory(ConfigReader config) {
    if (store.isPresent() && config.isSet(MAX_ENTRIES)) {
      config.warn(MAX_ENTRIES, "has no effect unless dpop.replay-store is local.");
    }
    if (isOn && forgetsAtStart() && nonces.key().isPresent()) {
      config.warn(
          ReplayStoreClass.KEY,
          "local: nodes that share dpop.nonce-key do not share the record of used proofs. On each of"
              + " them a proof can be used once.");
    }
  }

  /** Reads what holds where no rule says otherwise. */
  public static Type type(ConfigReader config) {
    return config.choice(TYPE, Type.OFF);
  }

  /** Whether the used proofs are remembered here alone, and so not beyond a restart. */
  boolean forgetsAtStart() {
    return detectsReplay && store.isEmpty();
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
    byte[] octets = secret.map(DpopSettings::decoded).orElse(NOTHING);
    if (secret.isPresent() && octets.length < SMALLEST_KEY) {
      config.problem(key, "must be base64 of at least 32 bytes.");
      return Optional.empty();
    }
    if (secret.isPresent() && !hasDifferentBytes(octets)) {
      config.problem(key, "must not be one byte over and over.");
      return Optional.empty();
    }
    return secret;
  }

  private static byte[] decoded(Secret secret) {
    try {
      return Base64.getDecoder().decode(secret.reveal());
    } catch (IllegalArgumentException e) {
      return NOTHING; // too short, as the caller reports
    }
  }

  private static boolean hasDifferentBytes(byte[] key) {
    for (byte octet : key) {
      if (octet != key[0]) {
        return true;
      }
    }
    return false;
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
