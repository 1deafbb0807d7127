/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Private key JWT (RFC 7523 section 2.2): an assertion that this client signs, a new one for every
 * exchange. Safe for use by several threads; never prints itself.
 */
final class ClientAssertion implements ClientAuthentication {

  private static final String TYPE = "client-authentication+jwt";
  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int IDENTIFIER_BYTES = 16;

  private final String clientId;
  private final AssertionSettings settings;
  private final SigningKeys keys;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final String constantParameters;

  ClientAssertion(
      String clientId, AssertionSettings settings, SigningKeys keys, InstantSource clock) {
    this.clientId = clientId;
    this.settings = settings;
    this.keys = keys;
    this.clock = clock;
    this.constantParameters =
        "client_id="
            + FormBody.encode(clientId)
            + "&client_assertion_type="
            + FormBody.encode(ASSERTION_TYPE)
            + "&client_assertion=";
  }

  @Override
  public Credential present() {
    return new Credential(Map.of(), constantParameters + assertion());
  }

  private String assertion() {
    SigningKey key = keys.current();
    JsonWebSignature signature = new JsonWebSignature();
    if (settings.isTyped()) {
      signature.setHeader("typ", TYPE);
    }
    signature.setPayload(claims().toJson());
    try {
      return key.sign(signature);
    } catch (JoseException e) {
      throw new IllegalStateException("no assertion can be signed with " + key);
    }
  }

  private JwtClaims claims() {
    long now = clock.instant().getEpochSecond();
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(clientId);
    claims.setSubject(clientId);
    claims.setAudience(settings.audience());
    claims.setJwtId(identifier());
    claims.setIssuedAt(NumericDate.fromSeconds(now));
    claims.setExpirationTime(NumericDate.fromSeconds(now + settings.lifetime().toSeconds()));
    return claims;
  }

  private String identifier() {
    byte[] octets = new byte[IDENTIFIER_BYTES];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
