/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.keys.KeySettings;
import dev.portcullis.keys.TrustGroup;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization server, as set.
 *
 * @param description free text for the start-up log
 * @param issuer its issuer identifier
 * @param endpoints where it is called
 * @param audit whether each call gives an audit entry
 * @param client how this protected resource authenticates there
 * @param failover what happens when a target does not answer
 * @param trust the anchors its certificate must lead to
 * @param introspectionJwt how its answers are signed, if they are
 */
public record AuthorizationServerSettings(
    String description,
    Optional<String> issuer,
    Endpoints endpoints,
    boolean audit,
    ClientSettings client,
    FailoverSettings failover,
    TrustGroup trust,
    Optional<IntrospectionJwtSettings> introspectionJwt) {

  private static final String DESCRIPTION = "as.description";
  private static final String ISSUER = "as.issuer";
  static final String SECURE = "as.secure";
  private static final String TRUST = "as.trusted-certificate-group";
  private static final int LONGEST_DESCRIPTION = 1000;

  /**
   * Reads the settings {@code as.*}, {@code client.*} and {@code failover.*}.
   *
   * @param keys the trusted certificate groups and key pairs they may name
   */
  public static AuthorizationServerSettings read(ConfigReader reader, KeySettings keys) {
    String description = description(reader);
    Optional<String> issuer = issuer(reader);
    boolean secure = secure(reader);
    Endpoints endpoints = Endpoints.read(reader, secure);
    boolean audit = reader.flag("as.audit", true);
    TrustGroup trust = trust(reader, keys);
    ClientSettings client =
        ClientSettings.read(reader, keys, secure, issuer, endpoints.tokenEndpoint(reader));
    Optional<Target> first = endpoints.targets().stream().findFirst();
    Optional<URI> alias = mutualTlsEndpoint(reader);
    if (client.isMutualTls()) {
      endpoints = endpoints.forMutualTls(alias);
    }
    if (alias.isPresent() && !client.isMutualTls()) {
      reader.warn(
          Endpoints.MTLS_INTROSPECTION,
          "has no effect unless client.credentials-type is mutual-tls.");
    }
    Optional<IntrospectionJwtSettings> introspectionJwt =
        IntrospectionJwtSettings.read(reader, keys, first, issuer, client.id());
    return new AuthorizationServerSettings(
        description,
        issuer,
        endpoints,
        audit,
        client,
        FailoverSettings.read(reader),
        trust,
        introspectionJwt);
  }

  private static String description(ConfigReader reader) {
    String description = reader.string(DESCRIPTION, "");
    if (description.length() > LONGEST_DESCRIPTION) {
      reader.problem(DESCRIPTION, "must not be longer than 1000 characters.");
    }
    return description;
  }

  /** As it is written: issuers are compared letter for letter (RFC 8414 section 3.3). */
  private static Optional<String> issuer(ConfigReader reader) {
    String problem = "must be an https URL without query or fragment.";
    Optional<URI> issuer = reader.url(ISSUER, Set.of("https"), problem);
    if (issuer
        .filter(url -> url.getRawQuery() != null || url.getRawFragment() != null)
        .isPresent()) {
      reader.problem(ISSUER, problem);
    }
    return issuer.map(URI::toString);
  }

  private static Optional<URI> mutualTlsEndpoint(ConfigReader reader) {
    String problem = "must be an absolute https URL without fragment.";
    Optional<URI> url = reader.url(Endpoints.MTLS_INTROSPECTION, Set.of("https"), problem);
    if (url.filter(alias -> alias.getRawFragment() != null).isPresent()) {
      reader.problem(Endpoints.MTLS_INTROSPECTION, problem);
    }
    return url;
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
