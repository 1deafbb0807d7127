/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.util.Locale;

/** What verifies signatures: {@code dpop.signature-provider}. */
enum SignatureProvider {
  /** A native provider if there is one, else as {@link #BUILT_IN}. */
  AUTO(""),
  /** The curve arithmetic in the JAR, and Java for what is not ECDSA. */
  BUILT_IN(""),
  /** What is installed in Java. */
  JAVA(""),
  /** Amazon Corretto Crypto Provider. */
  ACCP("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider"),
  /** Conscrypt. */
  CONSCRYPT("org.conscrypt.OpenSSLProvider");

  private final String type;

  SignatureProvider(String type) {
    this.type = type;
  }

  /** Whether it is not part of the JAR and may be absent. */
  boolean isNative() {
    return !type.isEmpty();
  }

  /** The class of a native provider. */
  String type() {
    return type;
  }

  /** As the setting spells it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
