/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.ClientCredentials.BearerToken;
import dev.portcullis.authserver.ClientCredentials.PrivateKeyJwt;
import dev.portcullis.authserver.ClientCredentials.SecretCredentials;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One method of client authentication (RFC 6749 section 2.3). Exactly one is used with a request.
 * Safe for use by several threads; never prints itself.
 */
sealed interface ClientAuthentication
    permits SecretBasic, SecretPost, ClientIdOnly, ClientAssertion, BearerAuthorization {

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

    /** By itself, as in {@link dev.portcullis.json.JsonString}. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Credential credential
          && headerFields.equals(credential.headerFields)
          && parameters.equals(credential.parameters);
    }

    @Override
    public int hashCode() {
      return Objects.hash(headerFields, parameters);
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
      return of(settings.id(), secret);
    }
    if (settings.credentials() instanceof BearerToken bearer) {
      return new BearerAuthorization(bearer.token());
    }
    return new ClientIdOnly(settings.id());
  }

  private static ClientAuthentication of(String clientId, SecretCredentials secret) {
    return switch (secret.method()) {
      case BASIC -> SecretBasic.encoded(clientId, secret.secret());
      case POST -> new SecretPost(clientId, secret.secret());
      case BASIC_RAW -> SecretBasic.raw(clientId, secret.secret());
    };
  }
}
