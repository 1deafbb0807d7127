/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import dev.portcullis.api.Secret;
import java.nio.file.Path;
import java.util.List;

/**
 * A secret of the settings that may come from files ({@code ${file:/path}}) and can then be read
 * anew. Never prints itself. Safe for use by several threads.
 */
public final class RenewableSecret {

  /** Reads the secret from where the setting says it is. */
  interface Reading {
    Secret read() throws UnreadableValueException;
  }

  private final String key;
  private final List<Path> files;
  private final Reading reading;
  private volatile Secret current;

  RenewableSecret(String key, List<Path> files, Secret current, Reading reading) {
    this.key = key;
    this.files = List.copyOf(files);
    this.current = current;
    this.reading = reading;
  }

  /** One that never changes. */
  public static RenewableSecret fixed(String key, Secret secret) {
    return new RenewableSecret(key, List.of(), secret, () -> secret);
  }

  /** Key of the setting. */
  public String key() {
    return key;
  }

  /** The files it comes from; none if it stands in the settings themselves. */
  public List<Path> files() {
    return files;
  }

  /** The secret as it was read last. */
  public Secret current() {
    return current;
  }

  /**
   * Reads it anew.
   *
   * @return what is wrong, a sentence without the secret; then all is as before. Empty if nothing
   *     is
   */
  public synchronized String reread() {
    try {
      Secret read = reading.read();
      if (!read.reveal().equals(current.reveal())) {
        current = read;
      }
      return "";
    } catch (UnreadableValueException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Its key. */
  @Override
  public String toString() {
    return key;
  }
}
