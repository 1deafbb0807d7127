/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.Secret;
import dev.portcullis.authserver.ClientCredentials.MutualTls;
import dev.portcullis.authserver.ClientCredentials.PrivateKeyJwt;
import dev.portcullis.authserver.ClientCredentials.SecretCredentials;
import dev.portcullis.authserver.ClientCredentials.SecretMethod;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.RenewableSecret;
import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.KeyPairFile;
import dev.portcullis.keys.KeySettings;
import java.util.Map;
import java.util.Optional;

/**
 * How this protected resource authenticates at the authorization server.
 *
 * @param id its client identifier
 * @param credentials what it authenticates by
 */
public record ClientSettings(String id, ClientCredentials credentials) {

  /** Key of the setting that names the key pair. */
  public static final String KEY_PAIR = "client.key-pair";

  private static final String ID = "client.id";
  private static final String SECRET = "client.secret";
  private static final String CREDENTIALS_TYPE = "client.credentials-type";
  private static final String SECRET_METHOD = "client.secret-method";
  private static final int LONGEST_ID = 256;
  private static final String NONE = "-";

  private enum CredentialsType {
    SECRET,
    MUTUAL_TLS,
    PRIVATE_KEY_JWT
  }

  /**
   * Reads the settings.
   *
   * @param keys the key pairs they may name
   * @param secure whether the authorization server is called over TLS
   * @param issuer the issuer identifier of the authorization server, if set
   * @param tokenEndpoint its token endpoint as absolute URL, if set
   */
  static ClientSettings read(
      ConfigReader reader,
      KeySettings keys,
      boolean secure,
      Optional<String> issuer,
      Optional<String> tokenEndpoint) {
    String id = id(reader);
    CredentialsType type = credentialsType(reader);
    SecretCredentials secret = secret(reader, type);
    Optional<KeyPairFile> keyPair = keyPair(reader, type, keys);
    if (type == CredentialsType.MUTUAL_TLS && !secure) {
      reader.problem(
          AuthorizationServerSettings.SECURE, "must be true for mutual TLS client authentication.");
    }
    boolean signs = type == CredentialsType.PRIVATE_KEY_JWT;
    PrivateKeyJwt jwt =
        new PrivateKeyJwt(
            AssertionSettings.read(reader, signs, issuer, tokenEndpoint),
            SigningKeySettings.read(reader, keys, signs ? keyPair : Optional.empty()));
    SigningKeySettings.warn(reader, signs, keyPair.isPresent());
    return new ClientSettings(
        id,
        switch (type) {
          case SECRET -> secret;
          case MUTUAL_TLS -> keyPair.<ClientCredentials>map(MutualTls::new).orElse(secret);
          case PRIVATE_KEY_JWT -> jwt;
        });
  }

  /** The key pair whose certificate is shown in the TLS handshake, if any. */
  public Optional<KeyPairFile> keyPair() {
    return credentials instanceof MutualTls certificate
        ? Optional.of(certificate.keyPair())
        : Optional.empty();
  }

  /** The client secret, if it authenticates by one. */
  public Optional<RenewableSecret> secret() {
    return credentials instanceof SecretCredentials secret
        ? Optional.of(secret.secret())
        : Optional.empty();
  }

  /** The key pair that signs, as it is at the start; none if keys are made here or none signs. */
  public Optional<KeyEntry> registeredKey() {
    return credentials instanceof PrivateKeyJwt jwt
            && jwt.keys() instanceof SigningKeySettings.Registered registered
        ? Optional.of(registered.first().entry())
        : Optional.empty();
  }

  /** Whether a certificate is shown in the TLS handshake. */
  boolean isMutualTls() {
    return credentials instanceof MutualTls;
  }

  /** Key of the setting to look at when the authorization server refuses the credentials. */
  String credentialSetting() {
    if (credentials instanceof SecretCredentials) {
      return SECRET;
    }
    return managesKeys() ? "jwks.path" : KEY_PAIR;
  }

  /** Whether signing keys are made, rolled and published by the product. */
  public boolean managesKeys() {
    return credentials instanceof PrivateKeyJwt jwt && jwt.managesKeys();
  }

  private static SecretCredentials secret(ConfigReader reader, CredentialsType type) {
    Optional<RenewableSecret> secret = reader.renewableSecret(SECRET);
    SecretMethod method = reader.choice(SECRET_METHOD, SecretMethod.BASIC);
    if (type == CredentialsType.SECRET && !reader.isSet(SECRET)) {
      reader.problem(SECRET, "is required when client.credentials-type is secret.");
    }
    if (type != CredentialsType.SECRET && reader.isSet(SECRET)) {
      reader.warn(SECRET, "has no effect unless client.credentials-type is secret.");
    }
    if (method == SecretMethod.POST) {
      reader.warn(SECRET_METHOD, "post is second choice to basic (RFC 6749 section 2.3.1).");
    }
    return new SecretCredentials(
        secret.orElseGet(() -> RenewableSecret.fixed(SECRET, Secret.of(NONE))), method);
  }

  private static Optional<KeyPairFile> keyPair(
      ConfigReader reader, CredentialsType type, KeySettings keys) {
    Optional<String> name = reader.string(KEY_PAIR);
    Optional<KeyPairFile> keyPair = name.flatMap(keys::keyPair);
    if (name.isEmpty() && type == CredentialsType.MUTUAL_TLS) {
      reader.problem(KEY_PAIR, "is required when client.credentials-type is mutual-tls.");
    }
    if (name.isPresent() && !keys.hasKeyPair(name.get())) {
      reader.problem(KEY_PAIR, "no key pair named '" + name.get() + "'.");
    }
    return keyPair;
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
    return reader.choice(
        CREDENTIALS_TYPE,
        CredentialsType.SECRET,
        Map.of(
            "certificate",
            CredentialsType.MUTUAL_TLS,
            "private_key_jwt",
            CredentialsType.PRIVATE_KEY_JWT));
  }
}
