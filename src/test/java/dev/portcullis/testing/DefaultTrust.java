/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes this Java trust another store by default, until it is closed. For tests that run one after
 * the other.
 */
public final class DefaultTrust implements AutoCloseable {

  private static final String STORE = "javax.net.ssl.trustStore";

  private final Map<String, Optional<String>> before = new LinkedHashMap<>();

  private DefaultTrust() {}

  /** Trusts a PKCS#12 store made by {@link TestingCertificates}. */
  public static DefaultTrust in(Path store) {
    DefaultTrust trust = new DefaultTrust();
    trust.set(STORE, store.toString());
    trust.set(STORE + "Password", TestingCertificates.PASSWORD);
    trust.set(STORE + "Type", "PKCS12");
    return trust;
  }

  private void set(String name, String value) {
    before.put(name, Optional.ofNullable(System.getProperty(name)));
    System.setProperty(name, value);
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) ->
            value.ifPresentOrElse(
                old -> System.setProperty(name, old), () -> System.clearProperty(name)));
  }
}
