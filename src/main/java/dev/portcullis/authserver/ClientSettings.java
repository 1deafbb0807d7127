/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.Secret;
import dev.portcullis.authserver.ClientCredentials.BearerToken;
import dev.portcullis.authserver.ClientCredentials.MutualTls;
import dev.portcullis.authserver.ClientCredentials.NoCredentials;
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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private static final String TOKEN = "client.token";
  private static final String CREDENTIALS_TYPE = "client.credentials-type";
  private static final String SECRET_METHOD = "client.secret-method";
  private static final int LONGEST_ID = 256;
  private static final String NONE = "-";

  /** What a token may be that is sent in a header (RFC 6750 section 2.1). */
  private static final Predicate<String> B64TOKEN =
      Pattern.compile("[A-Za-z0-9._~+/-]++=*+").asMatchPredicate();

  private enum CredentialsType {
    SECRET,
    MUTUAL_TLS,
    PRIVATE_KEY_JWT,
    NONE,
    BEARER_TOKEN
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
    BearerToken token = token(reader, type);
    Optional<KeyPairFile> keyPair = keyPair(reader, type, keys);
    if (type == CredentialsType.MUTUAL_TLS && !secure) {
      reader.problem(
          AuthorizationServerSettings.SECURE, "must be true for mutual TLS client authentication.");
    }
    if (secret.method() == SecretMethod.BASIC_RAW && id.indexOf(':') >= 0) {
      reader.problem(ID, "must not contain : when client.secret-method is basic-raw.");
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
          case NONE -> new NoCredentials();
          case BEARER_TOKEN -> token;
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

  /** What is read anew when the file changes that it comes from, if there is such a thing. */
  public Optional<RenewableSecret> renewable() {
    return credentials instanceof BearerToken bearer ? Optional.of(bearer.token()) : secret();
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
    if (credentials instanceof BearerToken) {
      return TOKEN;
    }
    if (credentials instanceof NoCredentials) {
      return CREDENTIALS_TYPE;
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
    if (type != CredentialsType.SECRET) {
      Stream.of(SECRET, SECRET_METHOD)
          .filter(reader::isSet)
          .forEach(
              key -> reader.warn(key, "has no effect unless client.credentials-type is secret."));
    } else if (method == SecretMethod.POST) {
      reader.warn(SECRET_METHOD, "post is second choice to basic (RFC 6749 section 2.3.1).");
    }
    return new SecretCredentials(
        secret.orElseGet(() -> RenewableSecret.fixed(SECRET, Secret.of(NONE))), method);
  }

  private static BearerToken token(ConfigReader reader, CredentialsType type) {
    Optional<RenewableSecret> token =
        reader.renewableSecret(
            TOKEN, B64TOKEN, "must be letters, digits and - . _ ~ + /, with = at the end only.");
    if (type == CredentialsType.BEARER_TOKEN && !reader.isSet(TOKEN)) {
      reader.problem(TOKEN, "is required when client.credentials-type is bearer-token.");
    }
    if (type != CredentialsType.BEARER_TOKEN && reader.isSet(TOKEN)) {
      reader.warn(TOKEN, "has no effect unless client.credentials-type is bearer-token.");
    }
    return new BearerToken(token.orElseGet(() -> RenewableSecret.fixed(TOKEN, Secret.of(NONE))));
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
    CredentialsType type =
        reader.choice(
            CREDENTIALS_TYPE,
            CredentialsType.SECRET,
            Map.of(
                "certificate",
                CredentialsType.MUTUAL_TLS,
                "private_key_jwt",
                CredentialsType.PRIVATE_KEY_JWT));
    if (type == CredentialsType.NONE) {
      reader.warn(
          CREDENTIALS_TYPE,
          "none: a server that needs no credentials answers whoever tries tokens out (RFC 7662"
              + " section 2.1).");
    }
    return type;
  }
}
