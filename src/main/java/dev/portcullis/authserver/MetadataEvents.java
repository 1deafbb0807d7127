/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the log and the audit trail what becomes of the metadata of the authorization server. For
 * one thread at a time.
 */
final class MetadataEvents {

  private final AuthorizationServerSettings settings;
  private final String issuer;
  private final Consumer<AuditEvent> audit;
  private final InstantSource clock;
  private final Logger logger;
  private String told = "";

  MetadataEvents(
      AuthorizationServerSettings settings,
      String issuer,
      Consumer<AuditEvent> audit,
      InstantSource clock,
      Logger logger) {
    this.settings = settings;
    this.issuer = issuer;
    this.audit = audit;
    this.clock = clock;
    this.logger = logger;
  }

  /**
   * It could not be had. The same is told once until it is over.
   *
   * @param isUsable whether what was fetched before is still used
   */
  void failed(DocumentException failure, boolean isUsable) {
    String text =
        String.format(
            "No metadata of the authorization server %s: %s. See %s. %s",
            issuer,
            failure.problem(),
            failure.setting(),
            isUsable ? "What was fetched before remains in use." : "There is none to use.");
    if (!text.equals(told)) {
      told = text;
      logger.log(failure.level(), text);
      tell("metadata-failed", failure.problem() + " (" + failure.setting() + ")");
    }
  }

  /** It is here. */
  void fetched(Optional<ServerMetadata> before, ServerMetadata now) {
    if (!told.isEmpty()) {
      told = "";
      logger.log(Level.INFO, "The metadata of the authorization server " + issuer + " is here.");
      tell("metadata-recovered", issuer);
    }
    if (!before.equals(Optional.of(now))) {
      before.ifPresent(old -> changed(old, now));
      warnOfMethods(now);
    }
  }

  private void changed(ServerMetadata before, ServerMetadata now) {
    List<String> changes = new ArrayList<>();
    if (before.introspection().isPresent() && now.introspection().isPresent()) {
      compare("introspection_endpoint", before.introspection(), now.introspection(), changes);
    }
    compare(
        "mtls_endpoint_aliases.introspection_endpoint",
        before.mutualTlsIntrospection(),
        now.mutualTlsIntrospection(),
        changes);
    compare("jwks_uri", before.keySet(), now.keySet(), changes);
    for (String change : changes) {
      logger.log(
          Level.WARNING,
          String.format(
              "The metadata of the authorization server %s has changed: %s. See %s.",
              issuer, change, DiscoverySettings.ISSUER));
      tell("metadata-changed", change);
    }
  }

  private static void compare(
      String name, Optional<URI> before, Optional<URI> now, List<String> changes) {
    String old = host(before);
    String fresh = host(now);
    if (!old.equals(fresh)) {
      changes.add(name + " was " + old + " and is " + fresh);
    }
  }

  private static String host(Optional<URI> url) {
    return url.map(there -> "at " + Target.of(there)).orElse("not there");
  }

  private void warnOfMethods(ServerMetadata now) {
    List<String> offered = now.introspectionAuthMethods();
    List<String> ours = settings.client().credentials().methods();
    if (!offered.isEmpty() && Collections.disjoint(offered, ours)) {
      logger.log(
          Level.WARNING,
          String.format(
              "client.credentials-type: the metadata of the authorization server %s does not list"
                  + " %s among introspection_endpoint_auth_methods_supported.",
              issuer, String.join(" or ", ours)));
    }
  }

  private void tell(String kind, String detail) {
    audit.accept(
        AuditEvent.of(AuditEvent.Type.SYSTEM, clock.instant())
            .with(AuditField.KIND, kind)
            .with(AuditField.DETAIL, detail)
            .build());
  }
}
