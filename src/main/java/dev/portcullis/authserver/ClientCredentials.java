/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.RenewableSecret;
import dev.portcullis.keys.KeyPairFile;
import java.util.List;

/**
 * What this client authenticates by. There is one method and no fallback to another (RFC 6749
 * section 2.3). Immutable.
 */
public sealed interface ClientCredentials {

  /**
   * The names of the method among authentication methods (RFC 7591 section 2, RFC 8705 section 2).
   */
  List<String> methods();

  /** How a client secret is sent (RFC 6749 section 2.3.1). */
  enum SecretMethod {
    /** By HTTP Basic. */
    BASIC,
    /** In the body. */
    POST,
    /** By HTTP Basic, as RFC 7617 has it: not form-encoded. */
    BASIC_RAW
  }

  /**
   * A client secret.
   *
   * @param method how it is sent
   */
  record SecretCredentials(RenewableSecret secret, SecretMethod method)
      implements ClientCredentials {

    @Override
    public List<String> methods() {
      return List.of(method == SecretMethod.POST ? "client_secret_post" : "client_secret_basic");
    }
  }

  /**
   * A certificate that is shown in the TLS handshake (RFC 8705 section 2).
   *
   * @param keyPair where the certificate and its key come from
   */
  record MutualTls(KeyPairFile keyPair) implements ClientCredentials {

    @Override
    public List<String> methods() {
      return List.of("tls_client_auth", "self_signed_tls_client_auth");
    }
  }

  /** Nothing: the server answers whoever names a client. */
  record NoCredentials() implements ClientCredentials {

    @Override
    public List<String> methods() {
      return List.of("none");
    }
  }

  /** An access token of this client's own (RFC 7662 section 2.1). */
  record BearerToken(RenewableSecret token) implements ClientCredentials {

    @Override
    public List<String> methods() {
      return List.of("Bearer", "bearer");
    }
  }

  /**
   * An assertion signed with a private key (RFC 7523 section 2.2).
   *
   * @param assertion what it says
   * @param keys where the keys come from
   */
  record PrivateKeyJwt(AssertionSettings assertion, SigningKeySettings keys)
      implements ClientCredentials {

    @Override
    public List<String> methods() {
      return List.of("private_key_jwt");
    }

    /** Whether the keys are made, rolled and published here. */
    boolean managesKeys() {
      return keys instanceof SigningKeySettings.Managed;
    }
  }
}
