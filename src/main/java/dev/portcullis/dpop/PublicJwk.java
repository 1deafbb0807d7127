/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Reason;
import dev.portcullis.dpop.SignatureAlgorithm.KeyType;
import dev.portcullis.json.JsonArray;
import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import dev.portcullis.oauth.RefusedException;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code jwk} of a proof (RFC 9449 section 4.2, RFC 7517 section 4): a public key of the
 * kind that the algorithm needs, strong, on its curve, and meant for signatures. A member that is
 * null counts as absent, but for what only a private key has. Key references and certificates
 * beside it are not read.
 */
final class PublicJwk {

  /** What only a private or symmetric key has (RFC 7518 sections 6.2.2, 6.3.2, 6.4.1). */
  private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final JsonObject jwk;

  private PublicJwk(JsonObject jwk) {
    this.jwk = jwk;
  }

  /**
   * Reads the key.
   *
   * @throws RefusedException if it is none that may prove anything
   */
  static ProofKey parse(JsonObject jwk, SignatureAlgorithm algorithm) throws RefusedException {
    if (jwk.members().keySet().stream().anyMatch(PRIVATE::contains)) {
      throw Refusals.of(Reason.DPOP_PRIVATE_KEY, "");
    }
    PublicJwk reader = new PublicJwk(jwk);
    reader.checkPurpose(algorithm);
    return switch (algorithm.keyType()) {
      case EC -> EllipticCurveKey.parse(reader, algorithm.curve());
      case RSA -> RsaKey.parse(reader);
      case OKP -> EdwardsKey.parse(reader);
    };
  }

  /** The value of a member that must be a text. */
  String text(String name) throws RefusedException {
    return optionalText(name).orElseThrow(() -> malformed(name));
  }

  /** The octets of a member that must be canonical base64url. */
  byte[] octets(String name) throws RefusedException {
    return Base64Url.decode(text(name)).orElseThrow(() -> malformed(name));
  }

  /** The refusal of a key for one of its members. */
  static RefusedException malformed(String member) {
    return Refusals.malformed("jwk: " + member);
  }

  private void checkPurpose(SignatureAlgorithm algorithm) throws RefusedException {
    KeyType type = algorithm.keyType();
    demand(text("kty").equals(type.name()), "kty");
    demand(type == KeyType.RSA || text("crv").equals(algorithm.curve()), "crv");
    demand(optionalText("use").orElse("sig").equals("sig"), "use");
    Optional<String> named = optionalText("alg");
    demand(named.isEmpty() || algorithm.isAlsoNamed(named.get()), "alg");
    demand(permitsVerifying(), "key_ops");
  }

  private static void demand(boolean holds, String member) throws RefusedException {
    if (!holds) {
      throw malformed(member);
    }
  }

  private boolean permitsVerifying() {
    Optional<JsonValue> operations = member("key_ops");
    return operations.isEmpty()
        || (operations.get() instanceof JsonArray list
            && list.values().contains(new JsonString("verify")));
  }

  private Optional<String> optionalText(String name) throws RefusedException {
    Optional<JsonValue> member = member(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    if (member.get() instanceof JsonString text) {
      return Optional.of(text.value());
    }
    throw malformed(name);
  }

  private Optional<JsonValue> member(String name) {
    return jwk.get(name).filter(value -> value != JsonLiteral.NULL);
  }
}
