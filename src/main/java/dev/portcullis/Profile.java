/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.config.ConfigReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A set of settings that belong together: {@code profile}. Gives settings another default, and
 * refuses values that contradict what it stands for. Immutable.
 */
enum Profile {
  /** Every setting for itself. */
  NONE,

  /**
   * What the FAPI 2.0 Security Profile asks of a resource server: sections 5.3.4 (tokens are bound
   * to their sender, revocation counts at once), 5.3.3.1 (how a client authenticates) and 5.4
   * (algorithms).
   */
  FAPI2;

  private static final String KEY = "profile";
  private static final String ASSERTION_AUDIENCE = "client.assertion-audience";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "client.credentials-type", "private-key-jwt",
          "client.assertion-algorithm", "ES256",
          "dpop.type", "required",
          "dpop.signing-algorithms", "PS256, ES256, EdDSA, Ed25519",
          "dpop.proof-lifetime", "60");

  private static final List<Demand> DEMANDS =
      List.of(
          Demand.of("as.secure", "true"),
          Demand.of("require.https", "true"),
          Demand.of("client.credentials-type", "private-key-jwt", "mutual-tls"),
          Demand.of("client.assertion-algorithm", "ES256", "PS256"),
          Demand.of("as.introspection-signing-algorithm", "ES256", "PS256", "EdDSA"),
          Demand.of("token.certificate-binding", "enforce"),
          Demand.of("cache.tokens", "false"),
          Demand.of("cache.inactive-time-to-live", "0"),
          Demand.of("dpop.replay-detection", "true"),
          Demand.ofEach("dpop.signing-algorithms", "ES256", "PS256", "EdDSA", "Ed25519"),
          Demand.between("dpop.clock-skew", 10, 59),
          Demand.between("dpop.nonce-lifetime", 10, 300));

  /** Reads which it is, before any other setting is read. */
  static Profile read(ConfigReader config) {
    Profile profile = config.choice(KEY, NONE);
    if (profile == FAPI2) {
      config.fallBackTo(DEFAULTS);
    }
    return profile;
  }

  /** Whether a token must be bound to a key or a certificate. */
  boolean demandsBoundTokens() {
    return this == FAPI2;
  }

  /** Notes every contradiction, when all settings have been read. */
  void check(ConfigReader config) {
    if (this == NONE) {
      return;
    }
    Map<String, String> settings = config.effective();
    DEMANDS.forEach(demand -> demand.check(config, settings));
    if ("private-key-jwt".equals(settings.get("client.credentials-type"))) {
      Demand.of(ASSERTION_AUDIENCE, "issuer").check(config, settings);
    }
  }

  /** What a setting must be, if it has a value. */
  private record Demand(String key, Predicate<String> isMetBy, String text) {

    static Demand of(String key, String... values) {
      return new Demand(key, Set.of(values)::contains, String.join(" or ", values));
    }

    static Demand ofEach(String key, String... values) {
      Set<String> permitted = Set.of(values);
      return new Demand(
          key,
          list -> permitted.containsAll(List.of(list.split(", "))),
          "only " + String.join(", ", values));
    }

    static Demand between(String key, long least, long most) {
      return new Demand(
          key,
          seconds -> Long.parseLong(seconds) >= least && Long.parseLong(seconds) <= most,
          "between " + least + " and " + most + " seconds");
    }

    void check(ConfigReader config, Map<String, String> settings) {
      String value = settings.get(key);
      if (value != null && !config.isFaulty(key) && !isMetBy.test(value)) {
        config.problem(key, "must be " + text + " when profile is fapi2.");
      }
    }
  }
}
