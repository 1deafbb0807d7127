/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.json.JsonWriter;
import dev.portcullis.oauth.Scopes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Protected resource metadata (RFC 9728): where it stands and what it says. What it says of tokens
 * is what the other settings enforce. Immutable.
 *
 * @param resource the resource identifier
 * @param issuer the issuer identifier of the authorization server
 * @param scopes the scopes to tell of
 * @param texts further members, as they are
 */
public record ResourceMetadata(
    URI resource, String issuer, List<String> scopes, Map<String, String> texts) {

  /** Key of the resource identifier. */
  public static final String RESOURCE = "metadata.resource";

  private static final String ENABLED = "metadata.enabled";
  private static final String SCOPES = "metadata.scopes";
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
  private static final String INVALID =
      "must be an https URL without fragment; http is for a loopback host only.";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> WEB = Set.of("https", "http");

  /** Copies the collections. */
  public ResourceMetadata {
    scopes = List.copyOf(scopes);
    texts = new LinkedHashMap<>(texts);
  }

  /**
   * Reads the settings; nothing if there is to be no document.
   *
   * @param issuer the issuer identifier of the authorization server, {@code as.issuer}
   */
  static Optional<ResourceMetadata> read(ConfigReader config, Optional<String> issuer) {
    boolean isEnabled = config.flag(ENABLED, false);
    Optional<URI> resource = resource(config);
    List<String> scopes = config.list(SCOPES);
    scopes.stream()
        .filter(scope -> !Scopes.isToken(scope))
        .forEach(scope -> config.problem(SCOPES, "'" + scope + "' is not a scope token."));
    Map<String, String> texts = texts(config);
    if (!isEnabled) {
      return Optional.empty();
    }
    if (resource.isEmpty() && !config.isFaulty(RESOURCE)) {
      config.problem(RESOURCE, "is required when " + ENABLED + " is true.");
    }
    if (issuer.isEmpty() && !config.isFaulty("as.issuer")) {
      config.problem("as.issuer", "is required when " + ENABLED + " is true.");
    }
    return resource.flatMap(
        url -> issuer.map(server -> new ResourceMetadata(url, server, scopes, texts)));
  }

  private static Optional<URI> resource(ConfigReader config) {
    Optional<URI> url = config.url(RESOURCE, WEB, INVALID);
    if (url.isPresent() && !isIdentifier(url.get())) {
      config.problem(RESOURCE, INVALID);
      return Optional.empty();
    }
    return url;
  }

  private static boolean isIdentifier(URI url) {
    boolean isSecure = url.getScheme().equalsIgnoreCase("https");
    return url.getRawFragment() == null && (isSecure || LOOPBACK.contains(url.getHost()));
  }

  private static Map<String, String> texts(ConfigReader config) {
    Map<String, String> texts = new LinkedHashMap<>();
    config.string("metadata.name").ifPresent(name -> texts.put("resource_name", name));
    Map.of(
            "metadata.documentation", "resource_documentation",
            "metadata.policy-uri", "resource_policy_uri",
            "metadata.tos-uri", "resource_tos_uri")
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                config
                    .url(entry.getKey(), WEB, "must be an absolute URL.")
                    .ifPresent(url -> texts.put(entry.getValue(), url.toASCIIString())));
    return texts;
  }

  /** The path of the document as a container decodes it, in an application at the root. */
  public String path() {
    return wellKnown(resource.getPath());
  }

  private static String wellKnown(String path) {
    return WELL_KNOWN + (path.equals("/") ? "" : path);
  }

  /** The URL of the document (RFC 9728 section 3.1). */
  public URI location() {
    String query = resource.getRawQuery() == null ? "" : "?" + resource.getRawQuery();
    String path = wellKnown(resource.getRawPath());
    return URI.create(resource.getScheme() + "://" + resource.getRawAuthority() + path + query);
  }

  /** The document. */
  public String document(ResourceServerSettings settings) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("resource", resource.toString());
    members.put("authorization_servers", List.of(issuer));
    if (!scopes.isEmpty()) {
      members.put("scopes_supported", scopes);
    }
    if (settings.access().acceptsBearer()) {
      members.put("bearer_methods_supported", List.of("header"));
    }
    members.put(
        "tls_client_certificate_bound_access_tokens", settings.access().bindsCertificates());
    if (settings.dpop().isOn()) {
      members.put(
          "dpop_signing_alg_values_supported",
          settings.dpop().algorithms().stream().map(Object::toString).toList());
      members.put("dpop_bound_access_tokens_required", !settings.access().acceptsBearer());
    }
    members.putAll(texts);
    return JsonWriter.object(members);
  }
}
