/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What is used of the metadata of an authorization server (RFC 8414 section 2). Nothing else of the
 * document is looked at, and if anything that is used is wrong, nothing is used. Immutable.
 *
 * @param introspection the introspection endpoint, if that is wanted
 * @param mutualTlsIntrospection the same for clients with a certificate (RFC 8705 section 5), if
 *     that is wanted and there is one
 * @param keySet where the keys are that the server signs with
 * @param introspectionAuthMethods how clients may authenticate at the introspection endpoint; empty
 *     if that is not said
 * @param signingAlgorithms what client assertions may be signed by; empty if that is not said
 */
record ServerMetadata(
    Optional<URI> introspection,
    Optional<URI> mutualTlsIntrospection,
    Optional<URI> keySet,
    List<String> introspectionAuthMethods,
    List<String> signingAlgorithms) {

  /** Metadata that says nothing. */
  static final ServerMetadata NONE =
      new ServerMetadata(
          Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

  private static final String INTROSPECTION = "introspection_endpoint";
  private static final String ALIASES = "mtls_endpoint_aliases";

  /** Copies the lists. */
  ServerMetadata {
    introspectionAuthMethods = List.copyOf(introspectionAuthMethods);
    signingAlgorithms = List.copyOf(signingAlgorithms);
  }

  /**
   * Reads a document.
   *
   * @param issuer the issuer identifier that it must have, code point by code point (section 3.3)
   * @param wanted what is to be filled in from it
   * @throws DocumentException if anything that is used of it is wrong
   */
  static ServerMetadata read(JsonObject document, String issuer, EndpointSettings wanted)
      throws DocumentException {
    if (!document.text("issuer").equals(Optional.of(issuer))) {
      throw wrong("its issuer is not that of as.issuer");
    }
    Optional<URI> alias =
        wanted.wantsAlias() ? alias(document, URI.create(issuer)) : Optional.empty();
    return new ServerMetadata(
        wanted.wantsIntrospection() && alias.isEmpty()
            ? Optional.of(introspection(document, URI.create(issuer)))
            : Optional.empty(),
        alias,
        url(document, "jwks_uri", URI.create(issuer)),
        texts(document, "introspection_endpoint_auth_methods_supported"),
        signingAlgorithms(document));
  }

  private static Optional<URI> alias(JsonObject document, URI issuer) throws DocumentException {
    Optional<JsonValue> aliases = document.get(ALIASES);
    if (aliases.isEmpty()) {
      return Optional.empty();
    }
    if (aliases.get() instanceof JsonObject members) {
      return url(members, INTROSPECTION, issuer);
    }
    throw wrong(ALIASES + " is not an object");
  }

  private static URI introspection(JsonObject document, URI issuer) throws DocumentException {
    Optional<URI> url = url(document, INTROSPECTION, issuer);
    if (url.isEmpty()) {
      throw new DocumentException("it has no " + INTROSPECTION, "as.introspection-endpoint");
    }
    return url.get();
  }

  /** A URL that a document may lead to: https, and to an internal host only if it comes from it. */
  private static Optional<URI> url(JsonObject object, String name, URI issuer)
      throws DocumentException {
    Optional<JsonValue> member = object.get(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    Optional<URI> url = object.text(name).flatMap(EndpointUrl::parseHttps);
    if (url.isEmpty()) {
      throw wrong(name + " is not an https URL");
    }
    String host = url.get().getHost();
    if (InternalHost.is(host) && !host.equalsIgnoreCase(issuer.getHost())) {
      throw wrong(name + " leads to an internal address");
    }
    return url;
  }

  private static List<String> signingAlgorithms(JsonObject document) throws DocumentException {
    String ofIntrospection = "introspection_endpoint_auth_signing_alg_values_supported";
    return document.get(ofIntrospection).isPresent()
        ? texts(document, ofIntrospection)
        : texts(document, "token_endpoint_auth_signing_alg_values_supported");
  }

  private static List<String> texts(JsonObject document, String name) throws DocumentException {
    Optional<JsonValue> member = document.get(name);
    if (member.isEmpty()) {
      return List.of();
    }
    if (member.get() instanceof JsonArray array
        && array.values().stream().allMatch(JsonString.class::isInstance)) {
      return array.values().stream().map(value -> ((JsonString) value).value()).toList();
    }
    throw wrong(name + " is not an array of strings");
  }

  private static DocumentException wrong(String problem) {
    return new DocumentException(problem, DiscoverySettings.ISSUER);
  }
}
