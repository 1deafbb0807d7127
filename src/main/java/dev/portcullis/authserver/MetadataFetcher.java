/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.http.Deadline;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;

/**
 * Fetches the metadata of an authorization server: from where RFC 8414 section 3.1 has it, and
 * after a failure from where OpenID Connect Discovery 1.0 section 4 has it. Immutable.
 */
final class MetadataFetcher {

  private final String issuer;
  private final EndpointSettings wanted;
  private final DocumentClient documents;

  MetadataFetcher(String issuer, EndpointSettings wanted, DocumentClient documents) {
    this.issuer = issuer;
    this.wanted = wanted;
    this.documents = documents;
  }

  /** Fetches it, or says why there is none. */
  ServerMetadata fetch(Deadline deadline) throws DocumentException {
    List<URI> locations = locations(issuer);
    try {
      return fetch(locations.get(0), deadline);
    } catch (DocumentException first) {
      if (deadline.hasPassed()) {
        throw first;
      }
      return second(locations.get(1), deadline, first);
    }
  }

  /** Of two failures the graver one is told, else the first. */
  private ServerMetadata second(URI location, Deadline deadline, DocumentException first)
      throws DocumentException {
    try {
      return fetch(location, deadline);
    } catch (DocumentException second) {
      boolean isGraver = second.level() == Level.ERROR && first.level() != Level.ERROR;
      throw isGraver ? second : first;
    }
  }

  private ServerMetadata fetch(URI location, Deadline deadline) throws DocumentException {
    return ServerMetadata.read(
        documents.fetch(location, DocumentClient.Kind.METADATA, DiscoverySettings.ISSUER, deadline),
        issuer,
        wanted);
  }

  /**
   * The two places, in order: the well-known name between host and path (RFC 8414 section 3.1), and
   * after the path.
   */
  static List<URI> locations(String issuer) {
    URI url = EndpointUrl.lowerScheme(URI.create(issuer));
    String origin = url.getScheme() + "://" + url.getRawAuthority();
    String path = url.getRawPath().replaceFirst("/$", "");
    return List.of(
        URI.create(origin + "/.well-known/oauth-authorization-server" + path),
        URI.create(origin + path + "/.well-known/openid-configuration"));
  }
}
