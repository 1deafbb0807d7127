/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Reason;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.MalformedJsonException;
import dev.portcullis.oauth.RefusedException;
import java.util.Set;

/**
 * The JOSE header of a proof (RFC 9449 section 4.2). Its {@code typ} is a media type (RFC 7515
 * section 4.1.9). Immutable.
 *
 * @param thumbprint SHA-256 thumbprint of the public key in it (RFC 7638)
 * @param verifier verifies by its algorithm and with its key
 */
record ProofHeader(String thumbprint, KeyVerifier verifier) {

  private static final String TYPE = "dpop+jwt";
  private static final String MEDIA_TYPE = "application/" + TYPE;

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
    checkType(header);
    SignatureAlgorithm algorithm = algorithm(header);
    if (!allowed.contains(algorithm)) {
      throw Refusals.of(Reason.DPOP_PROOF_MALFORMED, DpopSettings.ALGORITHMS)
          .detailed("alg: " + algorithm);
    }
    if (header.members().get("jwk") instanceof JsonObject jwk) {
      ProofKey key = PublicJwk.parse(jwk, algorithm);
      return new ProofHeader(key.thumbprint(), signatures.verifier(algorithm, key.key()));
    }
    throw Refusals.malformed("jwk");
  }

  private static void checkType(JsonObject header) throws RefusedException {
    if (!header.text("typ").filter(ProofHeader::isOurs).isPresent()) {
      throw Refusals.malformed("typ");
    }
    for (String name : header.members().keySet()) {
      if (NOT_UNDERSTOOD.contains(name)) {
        throw Refusals.malformed(name);
      }
    }
  }

  /** A media type, in any case, and with or without what all of them may leave out. */
  private static boolean isOurs(String type) {
    return isSame(TYPE, type) || isSame(MEDIA_TYPE, type);
  }

  /** Letters of ASCII only: other scripts have some whose capitals are the same. */
  private static boolean isSame(String lowerCase, String text) {
    if (text.length() != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      if (lower != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static SignatureAlgorithm algorithm(JsonObject header) throws RefusedException {
    return header
        .text("alg")
        .flatMap(SignatureAlgorithm::named)
        .orElseThrow(() -> Refusals.malformed("alg"));
  }

  private static JsonObject object(byte[] json) throws RefusedException {
    try {
      return JsonReader.readObject(json);
    } catch (MalformedJsonException e) {
      throw Refusals.malformed("header");
    }
  }
}
