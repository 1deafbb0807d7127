/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.testing.ReferenceJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of RFC 9449 section 4.3 for one server, written down once more: slowly, one after the
 * other, and with nothing of the product. What the product lets pass must pass here.
 *
 * @param algorithms values of {@code alg} that are allowed
 * @param now the time, in seconds
 * @param lifetime how old {@code iat} may be
 * @param skew how far ahead {@code iat} may be
 * @param nonces good nonces, if one is required
 */
public record ReferenceRules(
    List<String> algorithms, long now, long lifetime, long skew, Optional<List<String>> nonces) {

  /** RFC 7515 section 4.1.9: in any case, and what all media types have may be left out. */
  private static final List<String> TYPES = List.of("dpop+jwt", "application/dpop+jwt");

  private static final BigDecimal TINY = new BigDecimal("1e-400");

  /** The least number that is nearer to infinity than to the largest double. */
  private static final BigDecimal INFINITE =
      new BigDecimal(BigInteger.TWO.pow(1024).subtract(BigInteger.TWO.pow(970)));

  /**
   * The rule that a request breaks, or nothing if its proof is good.
   *
   * @param lines values of the {@code DPoP} fields
   * @param origin what stands before the path in the URI of the request
   */
  public Optional<String> broken(
      List<String> lines,
      String method,
      String origin,
      String path,
      String token,
      boolean isSigned) {
    if (!path.startsWith("/")) {
      return Optional.of("a path");
    }
    if (lines.size() != 1 || lines.get(0).length() > 8192) {
      return Optional.of("one field of at most 8192 characters");
    }
    String[] parts = lines.get(0).split("\\.", -1);
    if (parts.length != 3) {
      return Optional.of("three parts");
    }
    for (String part : parts) {
      if (part.isEmpty() || ReferenceKey.decode(part).isEmpty()) {
        return Optional.of("canonical base64url");
      }
    }
    Optional<Map<String, Object>> header = json(parts[0]);
    Optional<Map<String, Object>> claims = json(parts[1]).map(ReferenceRules::withoutNulls);
    if (header.isEmpty() || claims.isEmpty()) {
      return Optional.of("JSON objects");
    }
    return inHeader(header.get())
        .or(() -> inClaims(claims.get(), method, origin + path, token))
        .or(() -> isSigned ? inSignature(header.get(), lines.get(0)) : Optional.empty());
  }

  /** The header of a proof that breaks no rule. */
  static Map<String, Object> header(String proof) {
    return json(proof.substring(0, proof.indexOf('.'))).orElseThrow();
  }

  private Optional<String> inHeader(Map<String, Object> header) {
    if (!(header.get("typ") instanceof String type) || !TYPES.contains(asciiLower(type))) {
      return Optional.of("typ");
    }
    if (List.of("crit", "b64", "zip", "enc").stream().anyMatch(header::containsKey)) {
      return Optional.of("no extensions");
    }
    if (!(header.get("alg") instanceof String algorithm) || !algorithms.contains(algorithm)) {
      return Optional.of("alg");
    }
    return ReferenceKey.mayProve(jwk(header), algorithm) ? Optional.empty() : Optional.of("jwk");
  }

  private Optional<String> inClaims(
      Map<String, Object> claims, String method, String target, String token) {
    if (!(claims.get("jti") instanceof String id) || id.isEmpty() || id.length() > 256) {
      return Optional.of("jti");
    }
    if (!method.equals(claims.get("htm"))) {
      return Optional.of("htm");
    }
    Optional<String> expected = ReferenceUri.normalise(target);
    if (!(claims.get("htu") instanceof String uri)
        || expected.isEmpty()
        || !ReferenceUri.normalise(uri).equals(expected)) {
      return Optional.of("htu");
    }
    return inNonce(claims)
        .or(() -> inTimes(claims))
        .or(() -> digest(token).equals(claims.get("ath")) ? Optional.empty() : Optional.of("ath"));
  }

  private Optional<String> inNonce(Map<String, Object> claims) {
    Object nonce = claims.getOrDefault("nonce", "");
    boolean isGood =
        nonce instanceof String && (nonces.isEmpty() || nonces.get().contains(nonce.toString()));
    return isGood ? Optional.empty() : Optional.of("nonce");
  }

  private Optional<String> inTimes(Map<String, Object> claims) {
    Optional<BigDecimal> issued = number(claims.get("iat"));
    if (issued.isEmpty()) {
      return Optional.of("iat");
    }
    boolean isTimely =
        isAtLeast(issued.get(), now - lifetime) && isAtMost(issued.get(), now + skew);
    if (nonces.isEmpty() && !isTimely) {
      return Optional.of("iat in time");
    }
    if (claims.containsKey("exp")
        && number(claims.get("exp")).filter(exp -> isAtLeast(exp, now + 1)).isEmpty()) {
      return Optional.of("exp");
    }
    if (claims.containsKey("nbf")
        && number(claims.get("nbf")).filter(nbf -> isAtMost(nbf, now + skew)).isEmpty()) {
      return Optional.of("nbf");
    }
    return Optional.empty();
  }

  private static Optional<String> inSignature(Map<String, Object> header, String proof) {
    return ReferenceSignature.holds(jwk(header), header.get("alg").toString(), proof)
        ? Optional.empty()
        : Optional.of("signature");
  }

  /** In lower case, or nothing that is the same as anything. */
  private static String asciiLower(String text) {
    return text.codePoints().allMatch(c -> c < 128) ? text.toLowerCase(Locale.ROOT) : "";
  }

  /** What is null is not there. */
  static Map<String, Object> withoutNulls(Map<String, Object> members) {
    Map<String, Object> rest = new LinkedHashMap<>(members);
    rest.values().removeIf(value -> value == ReferenceJson.NULL);
    return rest;
  }

  static Map<String, Object> jwk(Map<String, Object> header) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    if (header.get("jwk") instanceof Map<?, ?> members) {
      members.forEach((name, value) -> jwk.put(name.toString(), value));
    }
    return jwk;
  }

  private static Optional<Map<String, Object>> json(String part) {
    return ReferenceKey.decode(part).flatMap(ReferenceJson::object);
  }

  private static boolean isAtLeast(BigDecimal number, long bound) {
    return number.compareTo(BigDecimal.valueOf(bound)) >= 0;
  }

  private static boolean isAtMost(BigDecimal number, long bound) {
    return number.compareTo(BigDecimal.valueOf(bound)) <= 0;
  }

  /** A number that a double can hold; what lies very near to zero is one fixed number there. */
  private static Optional<BigDecimal> number(Object value) {
    if (!(value instanceof ReferenceJson.NumberText number)) {
      return Optional.empty();
    }
    String[] parts = number.literal().toLowerCase(Locale.ROOT).split("e", -1);
    BigDecimal digits = new BigDecimal(parts[0]);
    BigInteger exponent = parts.length < 2 ? BigInteger.ZERO : new BigInteger(parts[1]);
    if (digits.signum() == 0) {
      return Optional.of(BigDecimal.ZERO);
    }
    if (exponent.abs().compareTo(BigInteger.valueOf(500)) > 0) {
      BigDecimal tiny = digits.signum() > 0 ? TINY : TINY.negate();
      return exponent.signum() < 0 ? Optional.of(tiny) : Optional.empty();
    }
    BigDecimal exact = digits.scaleByPowerOfTen(exponent.intValueExact());
    return exact.abs().compareTo(INFINITE) < 0 ? Optional.of(exact) : Optional.empty();
  }

  private static String digest(String token) {
    try {
      byte[] octets = token.getBytes(StandardCharsets.US_ASCII);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
