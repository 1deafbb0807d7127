/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.authserver.AnswerEncryption;
import dev.portcullis.authserver.CurvePoint;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonValue;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.lang.JoseException;

/**
 * Opens an encrypted answer (RFC 9701 section 5): what is inside is a signed one, still to be read
 * and verified. All that the sender may choose is looked at before anything is computed with the
 * key. Safe for use by several threads.
 */
final class NestedJwt {

  private static final Set<String> EPHEMERAL_KEY = Set.of("kty", "crv", "x", "y");

  private final AnswerEncryption encryption;

  NestedJwt(AnswerEncryption encryption) {
    this.encryption = encryption;
  }

  /** What is inside. */
  byte[] open(byte[] octets) throws UnreadableAnswerException {
    CompactJose jwe = CompactJose.jwe(octets);
    jwe.demand("alg", encryption.algorithm(), AnswerEncryption.ALGORITHM);
    jwe.demand("enc", encryption.method(), AnswerEncryption.METHOD);
    if (encryption.key().publicKey() instanceof ECPublicKey own) {
      checkEphemeralKey(jwe.header().get("epk"), own);
    }
    return decrypt(jwe);
  }

  /** RFC 7518 section 4.6.1.1, RFC 8725 section 3.4. */
  private static void checkEphemeralKey(Optional<JsonValue> epk, ECPublicKey own)
      throws UnreadableAnswerException {
    Optional<ECPublicKey> key =
        epk.filter(NestedJwt::isBarePoint).flatMap(jwk -> CurvePoint.keyOf((JsonObject) jwk));
    if (key.filter(point -> isOfSameCurve(point, own)).isEmpty()) {
      throw new UnreadableAnswerException(
          "'epk' is no point on the curve of our key", AnswerEncryption.KEY_PAIR);
    }
  }

  private static boolean isBarePoint(JsonValue epk) {
    return epk instanceof JsonObject jwk && EPHEMERAL_KEY.equals(jwk.members().keySet());
  }

  private static boolean isOfSameCurve(ECPublicKey one, ECPublicKey other) {
    return one.getParams().getCurve().equals(other.getParams().getCurve());
  }

  private byte[] decrypt(CompactJose jwe) throws UnreadableAnswerException {
    JsonWebEncryption decryption = new JsonWebEncryption();
    decryption.setAlgorithmConstraints(only(encryption.algorithm()));
    decryption.setContentEncryptionAlgorithmConstraints(only(encryption.method()));
    decryption.setKey(encryption.key().privateKey());
    try {
      decryption.setCompactSerialization(jwe.text());
      return decryption.getPlaintextBytes();
    } catch (JoseException | RuntimeException e) {
      // The library throws unchecked exceptions at odd input. It is not told which step failed.
      throw new UnreadableAnswerException(
          "the encrypted JWT cannot be decrypted", AnswerEncryption.KEY_PAIR);
    }
  }

  private static AlgorithmConstraints only(String algorithm) {
    return new AlgorithmConstraints(ConstraintType.PERMIT, algorithm);
  }
}
