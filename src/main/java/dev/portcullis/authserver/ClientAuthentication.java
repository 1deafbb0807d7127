/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.ClientCredentials.PrivateKeyJwt;
import dev.portcullis.authserver.ClientCredentials.SecretCredentials;
import dev.portcullis.authserver.ClientCredentials.SecretMethod;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * One method of client authentication (RFC 6749 section 2.3). Exactly one is used with a request.
 * Safe for use by several threads; never prints itself.
 */
sealed interface ClientAuthentication
    permits SecretBasic, SecretPost, CertificateAuthentication, ClientAssertion {

  /**
   * What is added to one exchange.
   *
   * @param headerFields header fields to add
   * @param parameters parameters to add to the body, form-encoded; empty if none
   */
  record Credential(Map<String, String> headerFields, String parameters) {

    /** Copies the map. */
    public Credential {
      headerFields = Map.copyOf(headerFields);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
      return "Credential";
    }
  }

  /** Makes what is added to one exchange; asked for anew for each, repetitions included. */
  Credential present();

  /**
   * Looks where the credential comes from whether it is another by now.
   *
   * @param refused what was presented
   */
  default boolean isReplaced(Credential refused) {
    return false;
  }

  /**
   * The method that is set.
   *
   * @param keys the keys to sign with, if something is signed
   */
  static ClientAuthentication of(
      ClientSettings settings, Optional<SigningKeys> keys, InstantSource clock) {
    if (settings.credentials() instanceof PrivateKeyJwt jwt) {
      return new ClientAssertion(settings.id(), jwt.assertion(), keys.orElseThrow(), clock);
    }
    if (settings.credentials() instanceof SecretCredentials secret) {
      return secret.method() == SecretMethod.POST
          ? new SecretPost(settings.id(), secret.secret())
          : new SecretBasic(settings.id(), secret.secret());
    }
    return new CertificateAuthentication(settings.id());
  }
}
