/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.Site;

/**
 * The clients that an authorization server is told of, and where it finds their public keys: at the
 * application itself.
 *
 * @param applicationPort where the application listens on the loopback interface
 */
record Registrations(int applicationPort) {

  /** Has a secret. */
  static final String SECRET_CLIENT = "rs-secret";

  /** The secret. */
  static final String SECRET = "s3cr+t: /%&=?";

  /** Signs with keys that the filter makes, and publishes them. */
  static final String MANAGED = "rs-managed";

  /** Signs with a key that is registered. */
  static final String REGISTERED = "rs-registered";

  /** Signs with a key whose certificate is registered. */
  static final String REGISTERED_CERTIFICATE = "rs-registered-certificate";

  /** Has a certificate of the authority. */
  static final String CERTIFICATE = "rs-certificate";

  /** Has a certificate of its own making. */
  static final String SELF_SIGNED = "rs-self-signed";

  /** The name of the file with the key of {@link #REGISTERED}. */
  static final String REGISTERED_FILE = "registered.jwks";

  /** The name of the file with the certificate of {@link #SELF_SIGNED}. */
  static final String SELF_SIGNED_FILE = "self-signed.jwks";

  /** Where the filter for {@link #MANAGED} publishes its keys; {@code jwks.path} of that filter. */
  static final String MANAGED_PATH = "/" + MANAGED + "/keys";

  /** The keys of {@link #MANAGED}. */
  String managedKeys() {
    return url(MANAGED_PATH);
  }

  /** The key of {@link #REGISTERED}. */
  String registeredKeys() {
    return url("/" + REGISTERED_FILE);
  }

  /** The certificate of {@link #SELF_SIGNED}. */
  String selfSignedKeys() {
    return url("/" + SELF_SIGNED_FILE);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + applicationPort + Site.CONTEXT + path;
  }
}
