/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.keys.KeySettings;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Signed introspection answers (RFC 9701), as set. Immutable.
 *
 * @param issuer who must have made them
 * @param audiences whom they may be meant for: this client or this resource
 * @param algorithm how they must be signed
 * @param keySet where the keys that sign them are published, if that is set
 * @param encryption how they must be encrypted, if at all
 */
public record IntrospectionJwtSettings(
    String issuer,
    Set<String> audiences,
    SigningAlgorithm algorithm,
    Optional<URI> keySet,
    Optional<AnswerEncryption> encryption) {

  /** Key of the setting that asks for signed answers. */
  public static final String RESPONSE = "as.introspection-response";

  /** Key of the setting that names the algorithm. */
  public static final String ALGORITHM = "as.introspection-signing-algorithm";

  /** Key of the setting that names the place of the keys. */
  public static final String KEY_SET = "as.jwks-endpoint";

  private static final String ISSUER = "as.issuer";
  private static final String REQUIRED = "is required when as.introspection-response is jwt.";

  private enum Response {
    JSON,
    JWT
  }

  /** Copies the audiences. */
  public IntrospectionJwtSettings {
    audiences = Set.copyOf(audiences);
  }

  /**
   * Reads the settings; empty if answers are plain JSON.
   *
   * @param first the first of the targets, if there is any
   * @param discovers whether the place of the keys may be left to the metadata
   * @param clientId who this protected resource is to the authorization server
   */
  static Optional<IntrospectionJwtSettings> read(
      ConfigReader config,
      KeySettings keys,
      Optional<Target> first,
      boolean discovers,
      Optional<String> issuer,
      String clientId) {
    boolean signed = config.choice(RESPONSE, Response.JSON) == Response.JWT;
    Optional<SigningAlgorithm> algorithm = algorithm(config);
    Optional<URI> keySet = keySet(config, first);
    Optional<AnswerEncryption> encryption = AnswerEncryption.read(config, keys);
    if (!signed) {
      warn(config);
      return Optional.empty();
    }
    List.of(ALGORITHM, KEY_SET, ISSUER).stream()
        .filter(key -> !config.isSet(key) && !(discovers && key.equals(KEY_SET)))
        .forEach(key -> config.problem(key, REQUIRED));
    return algorithm.map(
        known ->
            new IntrospectionJwtSettings(
                issuer.orElse(""), audiences(config, clientId), known, keySet, encryption));
  }

  private static void warn(ConfigReader config) {
    List.of(
            ALGORITHM,
            KEY_SET,
            AnswerEncryption.KEY_PAIR,
            AnswerEncryption.ALGORITHM,
            AnswerEncryption.METHOD)
        .stream()
        .filter(config::isSet)
        .forEach(key -> config.warn(key, "has no effect unless " + RESPONSE + " is jwt."));
  }

  private static Set<String> audiences(ConfigReader config, String clientId) {
    Set<String> audiences = new HashSet<>(Set.of(clientId));
    config.string("as.audience-value").ifPresent(audiences::add);
    return audiences;
  }

  private static Optional<SigningAlgorithm> algorithm(ConfigReader config) {
    Optional<String> name = config.string(ALGORITHM);
    Optional<SigningAlgorithm> algorithm = name.flatMap(SigningAlgorithm::named);
    if (name.isPresent() && algorithm.isEmpty()) {
      config.problem(ALGORITHM, "must be one of: " + SigningAlgorithm.allNames() + ".");
    }
    return algorithm;
  }

  /** An absolute URL is as safe as what it stands in for: not less than the other endpoints. */
  private static Optional<URI> keySet(ConfigReader config, Optional<Target> first) {
    Optional<String> text = config.string(KEY_SET);
    Optional<URI> place = text.flatMap(EndpointUrl::parse);
    if (text.isPresent() && place.isEmpty()) {
      config.problem(KEY_SET, "must be a path that starts with /, or an absolute URL.");
    }
    boolean isPlain = place.filter(url -> "http".equals(url.getScheme())).isPresent();
    if (isPlain && config.flag(AuthorizationServerSettings.SECURE, true)) {
      config.problem(KEY_SET, "its scheme contradicts as.secure.");
    }
    return place.flatMap(
        url ->
            url.isAbsolute()
                ? place
                : first.map(target -> target.url(EndpointUrl.pathAndQuery(url))));
  }
}
