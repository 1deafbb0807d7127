/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.util.Optional;

/**
 * Nimbus OAuth 2.0 SDK, by its factory of proofs.
 *
 * @param key the key
 * @param factory signs with it
 */
public record NimbusLibrary(JWK key, DPoPProofFactory factory) implements ProofLibrary {

  private static final int RSA_BITS = 2048;

  /** With a new key for that algorithm. */
  public static NimbusLibrary of(String algorithm) throws JOSEException {
    JWSAlgorithm jws = JWSAlgorithm.parse(algorithm);
    JWK key = key(jws);
    return new NimbusLibrary(key, new DefaultDPoPProofFactory(key, jws));
  }

  @Override
  public String proof(String method, String url, Optional<String> token, Optional<String> nonce)
      throws JOSEException {
    return factory
        .createDPoPJWT(
            method,
            URI.create(url),
            token.map(DPoPAccessToken::new).orElse(null),
            nonce.map(Nonce::new).orElse(null))
        .serialize();
  }

  @Override
  public String thumbprint() throws JOSEException {
    return key.computeThumbprint().toString();
  }

  private static JWK key(JWSAlgorithm algorithm) throws JOSEException {
    if (JWSAlgorithm.Family.EC.contains(algorithm)) {
      return new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm).iterator().next()).generate();
    }
    if (JWSAlgorithm.Family.ED.contains(algorithm)) {
      return new OctetKeyPairGenerator(Curve.Ed25519).generate();
    }
    return new RSAKeyGenerator(RSA_BITS).generate();
  }
}
