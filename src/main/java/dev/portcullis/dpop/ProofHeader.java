/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Reason;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import dev.portcullis.json.MalformedJsonException;
import dev.portcullis.oauth.RefusedException;
import java.util.Optional;
import java.util.Set;

/**
 * The JOSE header of a proof (RFC 9449 section 4.2). Immutable.
 *
 * @param thumbprint SHA-256 thumbprint of the public key in it (RFC 7638)
 * @param verifier verifies by its algorithm and with its key
 */
record ProofHeader(String thumbprint, KeyVerifier verifier) {

  private static final JsonValue TYPE = new JsonString("dpop+jwt");

  /** What would change how the rest is read: none of it is understood, so none of it may be. */
  private static final Set<String> NOT_UNDERSTOOD = Set.of("crit", "b64", "zip", "enc");

  /**
   * Reads a header.
   *
   * @param allowed the algorithms that may be used here
   */
  static ProofHeader parse(byte[] json, Set<SignatureAlgorithm> allowed, SignatureEngine signatures)
      throws RefusedException {
    JsonObject header = object(json);
    if (!header.get("typ").equals(Optional.of(TYPE))
        || header.members().keySet().stream().anyMatch(NOT_UNDERSTOOD::contains)) {
      throw Refusals.malformed();
    }
    SignatureAlgorithm algorithm = algorithm(header);
    if (!allowed.contains(algorithm)) {
      throw Refusals.of(Reason.DPOP_PROOF_MALFORMED, "dpop.signing-algorithms");
    }
    if (header.get("jwk").orElse(TYPE) instanceof JsonObject jwk) {
      ProofKey key = PublicJwk.parse(jwk, algorithm);
      return new ProofHeader(key.thumbprint(), signatures.verifier(algorithm, key.key()));
    }
    throw Refusals.malformed();
  }

  private static SignatureAlgorithm algorithm(JsonObject header) throws RefusedException {
    return header
        .get("alg")
        .filter(JsonString.class::isInstance)
        .flatMap(alg -> SignatureAlgorithm.named(((JsonString) alg).value()))
        .orElseThrow(Refusals::malformed);
  }

  private static JsonObject object(byte[] json) throws RefusedException {
    try {
      return JsonReader.readObject(json);
    } catch (MalformedJsonException e) {
      throw Refusals.malformed();
    }
  }
}
