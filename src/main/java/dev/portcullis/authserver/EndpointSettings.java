/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is set of where the authorization server is called. What is not set comes from its metadata.
 * Immutable.
 *
 * @param targets its targets in order of preference
 * @param introspection its introspection endpoint, a path on the targets or an absolute URL
 * @param mutualTlsIntrospection the introspection endpoint for clients with a certificate
 * @param isMutualTls whether this client shows a certificate
 */
public record EndpointSettings(
    List<Target> targets,
    Optional<URI> introspection,
    Optional<URI> mutualTlsIntrospection,
    boolean isMutualTls) {

  private static final String TARGETS = "as.targets";
  private static final String INTROSPECTION = "as.introspection-endpoint";
  private static final String MTLS_INTROSPECTION = "as.mtls-introspection-endpoint";
  private static final String TOKEN = "as.token-endpoint";

  /** Copies the targets. */
  public EndpointSettings {
    targets = List.copyOf(targets);
  }

  /**
   * Reads the settings.
   *
   * @param secure whether targets are called over TLS
   * @param discovers whether the introspection endpoint may be left to the metadata
   */
  static EndpointSettings read(ConfigReader reader, boolean secure, boolean discovers) {
    List<Target> targets = targets(reader, secure ? EndpointUrl.HTTPS : "http");
    Optional<URI> introspection = endpoint(reader, INTROSPECTION);
    endpoint(reader, TOKEN);
    if (!reader.isSet(INTROSPECTION) && !discovers) {
      reader.problem(
          INTROSPECTION,
          "Introspection endpoint is required as there are applications that use remote token"
              + " validation.");
    }
    if (introspection.filter(URI::isAbsolute).isPresent()) {
      checkAbsolute(reader, introspection.get(), secure);
    } else if (!reader.isSet(TARGETS) && (!discovers || reader.isSet(INTROSPECTION))) {
      reader.problem(TARGETS, "at least one hostname:port pair is required.");
    }
    return new EndpointSettings(targets, introspection, Optional.empty(), false);
  }

  /** The same for a client that shows a certificate, or for one that does not. */
  EndpointSettings read(ConfigReader reader, boolean isMutualTls) {
    String problem = "must be an absolute https URL without fragment.";
    Optional<URI> url = reader.url(MTLS_INTROSPECTION, Set.of(EndpointUrl.HTTPS), problem);
    if (url.filter(alias -> alias.getRawFragment() != null).isPresent()) {
      reader.problem(MTLS_INTROSPECTION, problem);
    }
    if (url.isPresent() && !isMutualTls) {
      reader.warn(
          MTLS_INTROSPECTION, "has no effect unless client.credentials-type is mutual-tls.");
    }
    return new EndpointSettings(
        targets, introspection, url.map(EndpointUrl::lowerScheme), isMutualTls);
  }

  /**
   * The token endpoint as absolute URL, if set: a path is one on the first target. Never called; it
   * names the authorization server in client assertions.
   */
  Optional<String> tokenEndpoint(ConfigReader reader) {
    Optional<URI> set = endpoint(reader, TOKEN);
    return set.filter(URI::isAbsolute)
        .map(URI::toString)
        .or(() -> first().flatMap(first -> set.map(path -> first.plain(path))));
  }

  /** The target that paths are on. */
  Optional<Target> first() {
    return introspection
        .filter(URI::isAbsolute)
        .map(Target::of)
        .or(() -> targets.stream().findFirst());
  }

  /** Whether nothing of them can come from metadata. */
  boolean areComplete(boolean hasMetadata) {
    return !wantsIntrospection() && !(wantsAlias() && hasMetadata);
  }

  /** Whether the metadata is asked for an endpoint for clients with a certificate. */
  boolean wantsAlias() {
    return isMutualTls && mutualTlsIntrospection.isEmpty();
  }

  /** Whether the metadata must have an introspection endpoint. */
  boolean wantsIntrospection() {
    return introspection.isEmpty() && !(isMutualTls && mutualTlsIntrospection.isPresent());
  }

  /**
   * All of it, filled in from metadata. An alias for mutual TLS has a host of its own (RFC 8705
   * section 5); an introspection endpoint that was found is one on the targets, if there are any.
   *
   * @param metadata must have the introspection endpoint if it is {@linkplain #wantsIntrospection
   *     wanted}
   */
  Endpoints with(ServerMetadata metadata) {
    return (isMutualTls ? alias(metadata) : Optional.<Endpoints>empty())
        .or(() -> introspection.map(this::set))
        .or(() -> metadata.introspection().map(this::found))
        .orElseThrow();
  }

  private Optional<Endpoints> alias(ServerMetadata metadata) {
    return mutualTlsIntrospection
        .map(url -> Endpoints.at(url, MTLS_INTROSPECTION))
        .or(
            () ->
                metadata
                    .mutualTlsIntrospection()
                    .map(url -> Endpoints.at(url, DiscoverySettings.ISSUER)));
  }

  private Endpoints set(URI endpoint) {
    return endpoint.isAbsolute()
        ? Endpoints.at(endpoint, INTROSPECTION)
        : new Endpoints(targets, EndpointUrl.pathAndQuery(endpoint), TARGETS);
  }

  private Endpoints found(URI endpoint) {
    return targets.isEmpty()
        ? Endpoints.at(endpoint, DiscoverySettings.ISSUER)
        : new Endpoints(targets, EndpointUrl.pathAndQuery(endpoint), TARGETS);
  }

  private static void checkAbsolute(ConfigReader reader, URI introspection, boolean secure) {
    if (reader.isSet(TARGETS)) {
      reader.problem(INTROSPECTION, "must be a path when as.targets is set.");
    }
    if (introspection.getScheme().equals(EndpointUrl.HTTPS) != secure) {
      reader.problem(INTROSPECTION, "its scheme contradicts as.secure.");
    }
  }

  private static List<Target> targets(ConfigReader reader, String scheme) {
    return reader.list(TARGETS).stream()
        .map(item -> target(reader, scheme, item))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Target> target(ConfigReader reader, String scheme, String item) {
    Optional<Target> target = Target.parse(scheme, item);
    if (target.isEmpty()) {
      reader.problem(TARGETS, "'" + item + "' is not a valid hostname:port pair.");
    }
    return target;
  }

  private static Optional<URI> endpoint(ConfigReader reader, String key) {
    Optional<String> text = reader.string(key);
    Optional<URI> endpoint = text.flatMap(EndpointUrl::parse);
    if (text.isPresent() && endpoint.isEmpty()) {
      reader.problem(key, "must be a path that starts with /, or an absolute URL.");
    }
    return endpoint;
  }
}
