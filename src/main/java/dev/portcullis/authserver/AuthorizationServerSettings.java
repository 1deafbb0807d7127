/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.keys.KeySettings;
import dev.portcullis.keys.TrustGroup;
import java.util.Optional;

/**
 * The authorization server, as set.
 *
 * @param description free text for the start-up log
 * @param issuer its issuer identifier
 * @param endpoints where it is called, as far as that is set
 * @param discovery how its metadata is had, if it is wanted
 * @param probes whether a connection to each target is tried at the start
 * @param audit whether each call gives an audit entry
 * @param tokenTypeHint what is sent as {@code token_type_hint}, if anything is
 * @param inactiveErrors the errors that say of a token that it is dead
 * @param client how this protected resource authenticates there
 * @param failover what happens when a target does not answer
 * @param trust the anchors its certificate must lead to
 * @param introspectionJwt how its answers are signed, if they are
 */
public record AuthorizationServerSettings(
    String description,
    Optional<String> issuer,
    EndpointSettings endpoints,
    Optional<DiscoverySettings> discovery,
    boolean probes,
    boolean audit,
    Optional<String> tokenTypeHint,
    InactiveErrors inactiveErrors,
    ClientSettings client,
    FailoverSettings failover,
    TrustGroup trust,
    Optional<IntrospectionJwtSettings> introspectionJwt) {

  private static final String DESCRIPTION = "as.description";
  static final String SECURE = "as.secure";
  private static final String TRUST = "as.trusted-certificate-group";
  private static final String HINT = "as.token-type-hint";
  private static final int LONGEST_DESCRIPTION = 1000;

  private enum Probe {
    OFF,
    WARN
  }

  /**
   * Reads the settings {@code as.*}, {@code client.*} and {@code failover.*}.
   *
   * @param keys the trusted certificate groups and key pairs they may name
   */
  public static AuthorizationServerSettings read(ConfigReader reader, KeySettings keys) {
    String description = description(reader);
    Optional<String> issuer = DiscoverySettings.issuer(reader);
    boolean discovers = DiscoverySettings.isOn(reader);
    boolean secure = secure(reader);
    EndpointSettings endpoints = EndpointSettings.read(reader, secure, discovers);
    boolean audit = reader.flag("as.audit", true);
    InactiveErrors inactiveErrors = InactiveErrors.read(reader);
    boolean probes = reader.choice("as.startup-probe", Probe.WARN) == Probe.WARN;
    Optional<String> tokenTypeHint = tokenTypeHint(reader);
    TrustGroup trust = trust(reader, keys);
    ClientSettings client =
        ClientSettings.read(reader, keys, secure, issuer, endpoints.tokenEndpoint(reader));
    endpoints = endpoints.read(reader, client.isMutualTls());
    Optional<IntrospectionJwtSettings> introspectionJwt =
        IntrospectionJwtSettings.read(
            reader, keys, endpoints.first(), discovers, issuer, client.id());
    return new AuthorizationServerSettings(
        description,
        issuer,
        endpoints,
        DiscoverySettings.read(reader, issuer, discovers || endpoints.wantsAlias()),
        probes,
        audit,
        tokenTypeHint,
        inactiveErrors,
        client,
        FailoverSettings.read(reader),
        trust,
        introspectionJwt);
  }

  /** How many hosts are called at most: the targets, and those that documents come from. */
  public int hosts() {
    int places = Math.max(1, endpoints.targets().size());
    int keySets = introspectionJwt.isPresent() ? 1 : 0;
    return places + keySets + (discovery.isPresent() ? 2 : 0);
  }

  private static String description(ConfigReader reader) {
    String description = reader.string(DESCRIPTION, "");
    if (description.length() > LONGEST_DESCRIPTION) {
      reader.problem(DESCRIPTION, "must not be longer than 1000 characters.");
    }
    return description;
  }

  private static Optional<String> tokenTypeHint(ConfigReader reader) {
    String hint = reader.string(HINT, "access_token");
    if (!hint.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      reader.problem(HINT, "must be printable ASCII characters, or none.");
    }
    return hint.equalsIgnoreCase("none") ? Optional.empty() : Optional.of(hint);
  }

  private static boolean secure(ConfigReader reader) {
    boolean secure = reader.flag(SECURE, true);
    if (!secure) {
      reader.warn(
          SECURE, "tokens and client credentials are sent in the clear (RFC 7662 section 4).");
    }
    return secure;
  }

  private static TrustGroup trust(ConfigReader reader, KeySettings keys) {
    String name = reader.string(TRUST, TrustGroup.JAVA);
    Optional<TrustGroup> group = keys.group(name);
    if (group.isEmpty()) {
      reader.problem(TRUST, "no trusted certificate group named '" + name + "'.");
    }
    return group.orElseGet(TrustGroup::ofJava);
  }
}
