/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The use that one filter makes of keys which others may use too. Equal to itself only. Safe for
 * use by several threads.
 */
final class SharedKeys implements SigningKeys {

  private final ApplicationKeys application;
  private final SigningKeySettings.Managed settings;
  private final RollingKeys keys;
  private final String path;
  private final Consumer<AuditEvent> audit;

  SharedKeys(
      ApplicationKeys application,
      SigningKeySettings.Managed settings,
      RollingKeys keys,
      String path,
      Consumer<AuditEvent> audit) {
    this.application = application;
    this.settings = settings;
    this.keys = keys;
    this.path = path;
    this.audit = audit;
  }

  SigningKeySettings.Managed settings() {
    return settings;
  }

  RollingKeys keys() {
    return keys;
  }

  String path() {
    return path;
  }

  Consumer<AuditEvent> audit() {
    return audit;
  }

  @Override
  public SigningKey current() {
    return keys.current();
  }

  @Override
  public Optional<String> publicKeys() {
    return Optional.of(application.publicKeys(path));
  }

  @Override
  public void close() {
    application.release(this);
  }
}
