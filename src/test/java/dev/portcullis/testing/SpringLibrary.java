/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Spring Security, which has no class that makes proofs: its {@link JwtEncoder}, used as its
 * reference manual shows. Has no Ed25519.
 *
 * @param algorithm what it signs by
 * @param key the key, with a name as Spring's users give it one
 * @param encoder signs with it
 */
public record SpringLibrary(SignatureAlgorithm algorithm, JWK key, JwtEncoder encoder)
    implements ProofLibrary {

  private static final int RSA_BITS = 2048;

  /** With a new key for that algorithm. */
  public static SpringLibrary of(String algorithm) throws GeneralSecurityException {
    JWK key = key(algorithm);
    JwtEncoder encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)));
    return new SpringLibrary(SignatureAlgorithm.from(algorithm), key, encoder);
  }

  @Override
  public String proof(String method, String url, Optional<String> token, Optional<String> nonce) {
    JwsHeader header =
        JwsHeader.with(algorithm).type("dpop+jwt").jwk(key.toPublicJWK().toJSONObject()).build();
    JwtClaimsSet.Builder claims =
        JwtClaimsSet.builder()
            .issuedAt(Instant.now())
            .id(UUID.randomUUID().toString())
            .claim("htm", method)
            .claim("htu", url);
    token.ifPresent(text -> claims.claim("ath", DpopClient.digest(text)));
    nonce.ifPresent(text -> claims.claim("nonce", text));
    return encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue();
  }

  @Override
  public String thumbprint() throws JOSEException {
    return key.computeThumbprint().toString();
  }

  private static JWK key(String algorithm) throws GeneralSecurityException {
    String name = UUID.randomUUID().toString();
    if (algorithm.startsWith("ES")) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      return new ECKey.Builder(Curve.P_256, (ECPublicKey) keys.getPublic())
          .privateKey(keys.getPrivate())
          .keyID(name)
          .build();
    }
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(RSA_BITS);
    KeyPair keys = generator.generateKeyPair();
    return new RSAKey.Builder((RSAPublicKey) keys.getPublic())
        .privateKey(keys.getPrivate())
        .keyID(name)
        .build();
  }
}
