/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.http.HttpTransport;
import java.lang.System.Logger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Knows where the authorization server is called: from the settings, and where those leave
 * something open, from its metadata (RFC 8414). Fetches that at the start and keeps it fresh on a
 * daemon thread, if it is wanted at all. Safe for use by several threads.
 */
public final class Discovery implements EndpointSource, AutoCloseable {

  private final Optional<MetadataRefresh> refresh;
  private final Optional<Endpoints> fixed;

  private Discovery(Optional<MetadataRefresh> refresh, Optional<Endpoints> fixed) {
    this.refresh = refresh;
    this.fixed = fixed;
  }

  /**
   * Tries once to fetch the metadata, if it is wanted, and goes on in the background. A failure is
   * told and stops nothing.
   *
   * @param timeout for one attempt
   * @param transport what documents are fetched by; closed by who made it, after this
   * @param audit where entries go
   */
  public static Discovery open(
      AuthorizationServerSettings settings,
      Duration timeout,
      HttpTransport transport,
      Consumer<AuditEvent> audit,
      Timing timing) {
    Logger logger = System.getLogger(Discovery.class.getPackageName());
    Discovery discovery = of(settings, timeout, transport, audit, timing, logger);
    discovery.refresh.ifPresent(wanted -> wanted.keepFresh(wanted.attempt()));
    return discovery;
  }

  /** The same without any attempt. */
  static Discovery of(
      AuthorizationServerSettings settings,
      Duration timeout,
      HttpTransport transport,
      Consumer<AuditEvent> audit,
      Timing timing,
      Logger logger) {
    EndpointSettings wanted = settings.endpoints();
    Optional<MetadataRefresh> refresh =
        settings
            .discovery()
            .map(
                discovery ->
                    new MetadataRefresh(
                        discovery,
                        wanted,
                        new MetadataFetcher(
                            discovery.issuer(),
                            wanted,
                            new DocumentClient(settings.audit(), transport, audit, timing)),
                        new MetadataEvents(
                            settings, discovery.issuer(), audit, timing.clock(), logger),
                        timeout,
                        timing));
    return new Discovery(
        refresh,
        wanted.areComplete(refresh.isPresent())
            ? Optional.of(wanted.with(ServerMetadata.NONE))
            : Optional.empty());
  }

  @Override
  public Endpoints current() throws AuthorizationServerException {
    return fixed.isPresent() ? fixed.get() : refresh.orElseThrow().endpoints();
  }

  /** Where the keys are that the server signs with ({@code jwks_uri}), if that is known now. */
  public Optional<URI> keySet() {
    return metadata().flatMap(ServerMetadata::keySet);
  }

  /** What client assertions may be signed by, if that is known now; otherwise empty. */
  List<String> signingAlgorithms() {
    return metadata().map(ServerMetadata::signingAlgorithms).orElse(List.of());
  }

  private Optional<ServerMetadata> metadata() {
    return refresh.flatMap(MetadataRefresh::metadata);
  }

  /** Tries to fetch the metadata now. */
  void attempt() {
    refresh.ifPresent(MetadataRefresh::attempt);
  }

  /** Ends the thread. */
  @Override
  public void close() {
    refresh.ifPresent(MetadataRefresh::close);
  }
}
