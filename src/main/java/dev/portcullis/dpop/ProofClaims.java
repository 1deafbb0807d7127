/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonNumber;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import dev.portcullis.json.MalformedJsonException;
import dev.portcullis.oauth.RefusedException;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The claims of a proof (RFC 9449 section 4.2), their types checked and nothing judged; one that is
 * null counts as absent. Times are seconds since the epoch; a fraction goes where it makes the
 * proof last less long. Immutable.
 *
 * @param id {@code jti}, 1 to 256 characters
 * @param method {@code htm}
 * @param uri {@code htu}
 * @param issuedAtTheEarliest {@code iat}, a fraction cut off
 * @param issuedAtTheLatest {@code iat}, a fraction rounded up
 * @param tokenHash {@code ath}
 * @param nonce {@code nonce}
 * @param expiresAt {@code exp}, or the end of time
 * @param notBefore {@code nbf}, or the beginning of time
 */
record ProofClaims(
    String id,
    String method,
    String uri,
    long issuedAtTheEarliest,
    long issuedAtTheLatest,
    String tokenHash,
    Optional<String> nonce,
    long expiresAt,
    long notBefore) {

  private static final int LONGEST_ID = 256;

  static ProofClaims parse(byte[] json) throws RefusedException {
    Claims claims = new Claims(object(json));
    String id = claims.required("jti");
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw malformed("jti");
    }
    JsonNumber issuedAt = claims.number("iat").orElseThrow(() -> malformed("iat"));
    return new ProofClaims(
        id,
        claims.required("htm"),
        claims.required("htu"),
        issuedAt.toLong(RoundingMode.FLOOR),
        issuedAt.toLong(RoundingMode.CEILING),
        claims.required("ath"),
        claims.text("nonce"),
        claims.number("exp").map(exp -> exp.toLong(RoundingMode.FLOOR)).orElse(Long.MAX_VALUE),
        claims.number("nbf").map(nbf -> nbf.toLong(RoundingMode.CEILING)).orElse(Long.MIN_VALUE));
  }

  private static JsonObject object(byte[] json) throws RefusedException {
    try {
      return JsonReader.readObject(json);
    } catch (MalformedJsonException e) {
      throw Refusals.malformed("claims");
    }
  }

  private static RefusedException malformed(String claim) {
    return Refusals.malformed("claims: " + claim);
  }

  /** Shows no claim. */
  @Override
  public String toString() {
    return "ProofClaims[]";
  }

  /** Reads members of the types they must have. */
  private record Claims(JsonObject object) {

    String required(String name) throws RefusedException {
      return text(name).orElseThrow(() -> malformed(name));
    }

    Optional<String> text(String name) throws RefusedException {
      return member(name, JsonString.class).map(JsonString::value);
    }

    /** A number that a double can hold; only of such it can be told where in time they are. */
    Optional<JsonNumber> number(String name) throws RefusedException {
      Optional<JsonNumber> number = member(name, JsonNumber.class);
      if (number.isPresent() && !number.get().isFinite()) {
        throw malformed(name);
      }
      return number;
    }

    private <T extends JsonValue> Optional<T> member(String name, Class<T> type)
        throws RefusedException {
      Optional<JsonValue> member = object.get(name).filter(value -> value != JsonLiteral.NULL);
      if (member.isPresent() && !type.isInstance(member.get())) {
        throw malformed(name);
      }
      return member.map(type::cast);
    }
  }
}
