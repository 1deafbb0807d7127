/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.authserver.ApplicationKeys;
import dev.portcullis.authserver.AuthorizationServerClient;
import dev.portcullis.authserver.AuthorizationServerSettings;
import dev.portcullis.authserver.CallLimits;
import dev.portcullis.authserver.ClientSettings;
import dev.portcullis.authserver.Discovery;
import dev.portcullis.authserver.DocumentClient;
import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.authserver.PublishedKeys;
import dev.portcullis.authserver.SigningKeys;
import dev.portcullis.authserver.StartupProbe;
import dev.portcullis.authserver.Timing;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.http.ApacheHttpTransport;
import dev.portcullis.introspection.AnswerReader;
import dev.portcullis.introspection.RemoteTokenIntrospector;
import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.TlsMaterial;
import dev.portcullis.keys.UnusableFileException;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.TokenIntrospector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Everything between us and the authorization server, wired: connections, where it is called, how
 * this client authenticates, how answers are read. Made once, by one thread.
 */
final class ServerLink {

  private final FilterSettings settings;
  private final Consumer<AuditEvent> audit;
  private final Teardown teardown;
  private final Timing timing = Timing.ofThisMachine();
  private final ApacheHttpTransport transport;
  private final Discovery discovery;

  private ServerLink(
      FilterSettings settings,
      TlsMaterial material,
      Consumer<AuditEvent> audit,
      Teardown teardown) {
    this.settings = settings;
    this.audit = audit;
    this.teardown = teardown;
    this.transport =
        teardown.add(new ApacheHttpTransport(settings.http(), material, settings.server().hosts()));
    this.discovery =
        teardown.add(Discovery.open(settings.server(), timeout(), transport, audit, timing));
  }

  /**
   * Opens one; the metadata is asked for once, if it is wanted.
   *
   * @param audit where entries go
   * @param teardown closes what is opened here and by the methods
   */
  static ServerLink open(
      FilterSettings settings,
      TlsMaterial material,
      Consumer<AuditEvent> audit,
      Teardown teardown) {
    return new ServerLink(settings, material, audit, teardown);
  }

  /** What is trusted and shown in handshakes, read from its files. */
  static TlsMaterial material(FilterSettings settings) throws InvalidConfigurationException {
    AuthorizationServerSettings server = settings.server();
    try {
      return TlsMaterial.load(server.trust(), server.client().keyPair());
    } catch (UnusableFileException e) {
      throw new InvalidConfigurationException(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** The key pair this client is known by, if it is not one that the filter makes. */
  static Optional<KeyEntry> identity(FilterSettings settings, TlsMaterial material) {
    return material.identity().or(settings.server().client()::registeredKey);
  }

  /** What is to be said of a key pair whose certificate does not count at that time. */
  static Optional<String> problem(KeyEntry identity, Instant time) {
    return identity.isValidAt(time)
        ? Optional.empty()
        : Optional.of(
            ClientSettings.KEY_PAIR + ": the certificate is expired or not yet valid: " + identity);
  }

  ApacheHttpTransport transport() {
    return transport;
  }

  /** Tries a connection to each target in the background, if that is wanted. */
  StartupProbe probe() {
    return StartupProbe.start(settings.server(), discovery, timeout(), transport, timing);
  }

  /** Tries a connection to each target now, and tells what came of it. */
  void probe(BiConsumer<System.Logger.Level, String> findings) {
    StartupProbe.probe(discovery, timeout(), transport, timing, findings);
  }

  /**
   * The keys that client assertions are signed with, if there are any.
   *
   * @param all those of the application
   * @param path where they are published
   */
  Optional<SigningKeys> signingKeys(ApplicationKeys all, String path)
      throws InvalidConfigurationException {
    Optional<SigningKeys> keys =
        all.open(settings.server().client(), discovery, path, timing.clock(), audit);
    keys.ifPresent(teardown::add);
    return keys;
  }

  /** What asks the authorization server, every time. */
  TokenIntrospector introspector(Optional<SigningKeys> keys) {
    CallLimits limits = CallLimits.of(settings.http(), settings.waiting().asking());
    AuthorizationServerClient client =
        new AuthorizationServerClient(
            settings.server(), discovery, limits, transport, audit, timing, keys);
    return new RemoteTokenIntrospector(
        client,
        settings
            .server()
            .introspectionJwt()
            .map(this::signedAnswers)
            .orElseGet(() -> AnswerReader.ofJson(named())),
        settings.resource().identity().subject(),
        settings.audit()::trackingId,
        timing.clock());
  }

  private AnswerReader signedAnswers(IntrospectionJwtSettings signed) {
    DocumentClient documents =
        new DocumentClient(settings.server().audit(), transport, audit, timing);
    PublishedKeys keys =
        teardown.add(
            new PublishedKeys(
                () -> signed.keySet().or(discovery::keySet), documents, timeout(), timing));
    return AnswerReader.ofJwt(signed, keys, named(), timing.clock());
  }

  private List<AttributePath> named() {
    return settings.resource().identity().attributes();
  }

  private Duration timeout() {
    return settings.http().overallTimeout();
  }
}
