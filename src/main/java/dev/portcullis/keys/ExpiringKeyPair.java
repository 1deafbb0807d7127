/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Notices that the certificate of the key pair in use has run out; once for each certificate. For
 * one thread at a time.
 */
final class ExpiringKeyPair {

  private final String setting;
  private final Supplier<KeyEntry> inUse;
  private Optional<KeyEntry> told;

  /** What has run out already is told by who starts with it. */
  ExpiringKeyPair(String setting, Supplier<KeyEntry> inUse, Instant now) {
    this.setting = setting;
    this.inUse = inUse;
    this.told = Optional.of(inUse.get()).filter(entry -> entry.isOverAt(now));
  }

  /** What there is to tell, a sentence. */
  Optional<String> news(Instant now) {
    KeyEntry entry = inUse.get();
    if (!entry.isOverAt(now) || told.filter(entry::equals).isPresent()) {
      return Optional.empty();
    }
    told = Optional.of(entry);
    return Optional.of(setting + ": the certificate has expired: " + entry + ".");
  }
}
