/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import dev.portcullis.http.ApacheHttpTransport;
import dev.portcullis.http.HttpSettings;
import dev.portcullis.http.HttpTransport;
import dev.portcullis.keys.KeySettings;
import dev.portcullis.keys.TlsMaterial;
import dev.portcullis.keys.UnusableFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client as set by a test, with all it says to the log and to the audit trail at hand. */
final class TestingClient implements AutoCloseable {

  static final String TOKEN = "s3cret-t0ken";
  static final String SECRET = "cl1ent-s3cret";

  private final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final RecordingLogger logger = new RecordingLogger();
  private final AuthorizationServerSettings settings;
  private final HttpTransport transport;
  private final Discovery discovery;
  private final Optional<SigningKeys> keys;
  private final AuthorizationServerClient client;

  private TestingClient(Builder builder, Optional<HttpTransport> given) {
    ConfigReader reader = new ConfigReader(List.of(PropertySource.of(builder.settings)));
    settings = AuthorizationServerSettings.read(reader, KeySettings.read(reader));
    HttpSettings http = HttpSettings.read(reader);
    transport = given.orElseGet(() -> transport(http));
    discovery =
        Discovery.of(
            settings, http.overallTimeout(), transport, events::add, builder.timing, logger);
    keys = keys(builder.timing);
    client =
        new AuthorizationServerClient(
            settings,
            discovery,
            CallLimits.of(http, 64),
            transport,
            events::add,
            builder.timing,
            keys,
            logger);
  }

  private Optional<SigningKeys> keys(Timing timing) {
    try {
      return new ApplicationKeys()
          .open(settings.client(), discovery, "/oauth/jwks", timing.clock(), events::add);
    } catch (InvalidConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private HttpTransport transport(HttpSettings http) {
    try {
      TlsMaterial material = TlsMaterial.load(settings.trust(), settings.client().keyPair());
      return new ApacheHttpTransport(http, material, settings.hosts());
    } catch (UnusableFileException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings of a client of these targets by plain HTTP, without repeats. */
  static Builder of(String... targets) {
    return new Builder()
        .with("as.targets", String.join(",", targets))
        .with("as.introspection-endpoint", "/introspect")
        .with("as.secure", "false")
        .with("client.id", "rs")
        .with("client.secret", SECRET)
        .with("failover.max-retries", "0");
  }

  AuthorizationServerReply introspect() throws AuthorizationServerException {
    return introspect(TOKEN);
  }

  AuthorizationServerReply introspect(String token) throws AuthorizationServerException {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("token", token);
    parameters.put("token_type_hint", "access_token");
    return client.introspect(parameters, "exchange-1", "atid:abc", Optional.empty());
  }

  AuthorizationServerReply introspectFor(String audience) throws AuthorizationServerException {
    Map<String, String> parameters = Map.of("token", TOKEN);
    return client.introspect(parameters, "exchange-1", "atid:abc", Optional.of(audience));
  }

  AuthorizationServerSettings settings() {
    return settings;
  }

  /** An introspection in the middle of another; that it succeeds is part of the test. */
  void introspectUnchecked() {
    try {
      introspect();
    } catch (AuthorizationServerException e) {
      throw new AssertionError(e);
    }
  }

  /** How an introspection fails. */
  AuthorizationServerException refusal() {
    return refusal(TOKEN);
  }

  AuthorizationServerException refusal(String token) {
    try {
      introspect(token);
    } catch (AuthorizationServerException e) {
      return e;
    }
    throw new AssertionError("it was answered");
  }

  List<AuditEvent> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  /** The outcomes of all exchanges, and the kinds of all other events, in order. */
  List<String> trail() {
    return events().stream()
        .map(event -> event.get(AuditField.OUTCOME).or(() -> event.get(AuditField.KIND)))
        .map(field -> field.orElse("").toString())
        .toList();
  }

  Discovery discovery() {
    return discovery;
  }

  Optional<SigningKeys> keys() {
    return keys;
  }

  List<String> log() {
    return logger.lines();
  }

  @Override
  public void close() {
    keys.ifPresent(SigningKeys::close);
    transport.close();
  }

  /** Collects settings. */
  static final class Builder {

    private final Map<String, String> settings = new LinkedHashMap<>();
    private Timing timing = Timing.ofThisMachine();

    Builder with(String key, String value) {
      settings.put(key, value);
      return this;
    }

    Builder timing(ManualTime time) {
      timing = time.timing();
      return this;
    }

    TestingClient over(HttpTransport transport) {
      return new TestingClient(this, Optional.of(transport));
    }

    TestingClient connected() {
      return new TestingClient(this, Optional.empty());
    }
  }
}
