/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.Secret;
import dev.portcullis.config.ConfigReader;
import java.util.Map;
import java.util.Optional;

/**
 * How this protected resource authenticates at the authorization server.
 *
 * @param id its client identifier
 * @param secret its client secret
 * @param secretMethod how the secret is sent
 */
public record ClientSettings(String id, Secret secret, SecretMethod secretMethod) {

  private static final String ID = "client.id";
  private static final String SECRET = "client.secret";
  private static final String CREDENTIALS_TYPE = "client.credentials-type";
  private static final String SECRET_METHOD = "client.secret-method";
  private static final int LONGEST_ID = 256;
  private static final String NONE = "-";

  /** How a client secret is sent (RFC 6749 section 2.3.1). */
  public enum SecretMethod {
    /** By HTTP Basic. */
    BASIC,
    /** In the body. */
    POST
  }

  private enum CredentialsType {
    SECRET,
    MUTUAL_TLS,
    PRIVATE_KEY_JWT
  }

  static ClientSettings read(ConfigReader reader) {
    String id = id(reader);
    CredentialsType type = credentialsType(reader);
    Optional<Secret> secret = reader.secret(SECRET);
    SecretMethod method = reader.choice(SECRET_METHOD, SecretMethod.BASIC);
    if (type == CredentialsType.SECRET && !reader.isSet(SECRET)) {
      reader.problem(SECRET, "is required when client.credentials-type is secret.");
    }
    if (method == SecretMethod.POST) {
      reader.warn(SECRET_METHOD, "post is second choice to basic (RFC 6749 section 2.3.1).");
    }
    return new ClientSettings(id, secret.orElseGet(() -> Secret.of(NONE)), method);
  }

  private static String id(ConfigReader reader) {
    Optional<String> id = reader.string(ID);
    if (!reader.isSet(ID)) {
      reader.problem(ID, "is required.");
    }
    if (id.isPresent() && !isPrintable(id.get())) {
      reader.problem(ID, "must be 1 to 256 printable ASCII characters.");
    }
    return id.orElse(NONE);
  }

  private static boolean isPrintable(String id) {
    return id.length() <= LONGEST_ID && id.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static CredentialsType credentialsType(ConfigReader reader) {
    CredentialsType type =
        reader.choice(
            CREDENTIALS_TYPE,
            CredentialsType.SECRET,
            Map.of(
                "certificate",
                CredentialsType.MUTUAL_TLS,
                "private_key_jwt",
                CredentialsType.PRIVATE_KEY_JWT));
    if (type != CredentialsType.SECRET) {
      reader.problem(CREDENTIALS_TYPE, "only secret is available in this version.");
    }
    return type;
  }
}
