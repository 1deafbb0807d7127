/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.ResourceMetadata;
import dev.portcullis.access.ResourceServerSettings;
import dev.portcullis.authserver.SigningKeys;
import jakarta.servlet.FilterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents that a filter shows to everyone: its public signing keys (RFC 7517 section 5) and
 * what it says of itself (RFC 9728). Tells the log where they cannot be found. For one thread.
 */
final class PublicDocuments {

  private static final System.Logger LOG = System.getLogger(PublicDocuments.class.getName());
  private static final Duration METADATA_MAX_AGE = Duration.ofHours(1);

  private final List<PublicDocument> documents = new ArrayList<>();
  private final FilterPaths paths;
  private final String contextPath;

  PublicDocuments(FilterConfig filter) {
    paths = FilterPaths.of(filter);
    contextPath = Assembly.contextPath(filter);
  }

  void addKeys(SigningKeys keys, PublicationSettings settings) {
    add(
        PublicationSettings.PATH,
        new PublicDocument(
            settings.path(),
            "application/jwk-set+json",
            settings.maxAge(),
            () -> keys.publicKeys().orElseThrow()));
  }

  void addMetadata(ResourceMetadata metadata, ResourceServerSettings settings) {
    String document = metadata.document(settings);
    String path = metadata.path();
    add(
        ResourceMetadata.RESOURCE,
        new PublicDocument(path, "application/json", METADATA_MAX_AGE, () -> document));
    if (!contextPath.isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          ResourceMetadata.RESOURCE
              + ": clients look for the document at {0}; let the proxy in front take that to {1}.",
          metadata.location(),
          contextPath + path);
    }
  }

  private void add(String setting, PublicDocument document) {
    if (paths.exclude(document.path())) {
      LOG.log(
          System.Logger.Level.WARNING,
          setting + ": " + document.path() + " is outside the URL patterns of this filter.");
    }
    documents.add(document);
  }

  List<PublicDocument> all() {
    return List.copyOf(documents);
  }
}
