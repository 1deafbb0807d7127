/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.config.InvalidConfigurationException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The signing keys of one application. Filters with the same settings for them share them, and at
 * one path all keys are published that any of its filters signs with: only one of the filters is
 * asked there. There is to be one object of this class per application. Safe for use by several
 * threads.
 */
public final class ApplicationKeys {

  private final Map<SigningKeySettings.Managed, RollingKeys> open = new HashMap<>();
  private final List<SharedKeys> shares = new CopyOnWriteArrayList<>();

  /** Makes a collection without any key in it. */
  public ApplicationKeys() {}

  /**
   * Makes the keys ready that the settings of a filter ask for; none if nothing is signed.
   *
   * @param discovery knows what the server takes, if it knows that by now
   * @param path where the filter publishes its keys
   * @param audit where entries go
   * @throws InvalidConfigurationException if there is a file of keys that cannot be used
   */
  public Optional<SigningKeys> open(
      ClientSettings client,
      Discovery discovery,
      String path,
      InstantSource clock,
      Consumer<AuditEvent> audit)
      throws InvalidConfigurationException {
    if (!(client.credentials() instanceof ClientCredentials.PrivateKeyJwt jwt)) {
      return Optional.empty();
    }
    List<SigningAlgorithm> preferred = SigningAlgorithm.preferredOf(discovery.signingAlgorithms());
    return Optional.of(
        jwt.keys() instanceof SigningKeySettings.Registered registered
            ? new RegisteredKey(registered, preferred)
            : share((SigningKeySettings.Managed) jwt.keys(), preferred, path, clock, audit));
  }

  private synchronized SharedKeys share(
      SigningKeySettings.Managed settings,
      List<SigningAlgorithm> preferred,
      String path,
      InstantSource clock,
      Consumer<AuditEvent> audit)
      throws InvalidConfigurationException {
    RollingKeys keys = open.get(settings);
    if (keys == null) {
      keys =
          RollingKeys.open(
              settings,
              preferred,
              clock,
              event -> trail(settings).orElse(audit).accept(event),
              System.getLogger(SigningKeys.class.getPackageName()));
      keys.keepFresh();
      open.put(settings, keys);
    }
    SharedKeys share = new SharedKeys(this, settings, keys, path, audit);
    shares.add(share);
    return share;
  }

  /** Of the first filter that uses the keys: what happens to them is told once. */
  private Optional<Consumer<AuditEvent>> trail(SigningKeySettings.Managed settings) {
    return shares.stream()
        .filter(share -> share.settings().equals(settings))
        .map(SharedKeys::audit)
        .findFirst();
  }

  /** All public keys of a path (RFC 7517 section 5). */
  String publicKeys(String path) {
    return KeyGenerations.toPublicJson(
        shares.stream()
            .filter(share -> share.path().equals(path))
            .map(share -> share.keys().generations())
            .toList());
  }

  /** Ends the use by one filter. The last one closes the keys. */
  synchronized void release(SharedKeys share) {
    shares.remove(share);
    if (trail(share.settings()).isEmpty()) {
      open.remove(share.settings());
      share.keys().close();
    }
  }
}
