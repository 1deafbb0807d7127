/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static dev.portcullis.rows.IntrospectionJwtRig.ACTIVE;
import static dev.portcullis.rows.IntrospectionJwtRig.payload;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import dev.portcullis.testing.TestingJwt;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.keys.AesKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed answers inside encrypted ones (RFC 9701 section 5), through the whole filter. */
class EncryptedAnswerTest {

  private static final KeyPair SIGNER = TestingJwt.p256();
  private static final String NO_POINT = "'epk' is no point on the curve of our key";
  private static final String NOT_DECRYPTED = "the encrypted JWT cannot be decrypted";

  @TempDir private static Path folder;

  private static Path point;
  private static Path rsa;
  private static PublicKey pointKey;
  private static PublicKey rsaKey;

  @BeforeAll
  static void makeKeys() throws Exception {
    TestingCertificates certificates = TestingCertificates.shared();
    point = certificates.keyStore(Server.GOOD);
    pointKey = certificates.certificate(Server.GOOD).getPublicKey();
    rsa = folder.resolve("rsa.p12");
    rsaKey = TestingCertificates.rsa(rsa).getPublicKey();
  }

  private static IntrospectionJwtRig rig(String algorithm, String method) throws Exception {
    return IntrospectionJwtRig.signing(
        "ES256",
        SIGNER,
        "client.decryption-key-pair",
        "own",
        "key-pair.own.file",
        (algorithm.startsWith("RSA") ? rsa : point).toString(),
        "key-pair.own.password",
        TestingCertificates.PASSWORD,
        "as.introspection-encryption-algorithm",
        algorithm,
        "as.introspection-encryption-method",
        method);
  }

  private static String encrypt(
      String algorithm, String method, String content, Map<String, String> more) throws Exception {
    return encrypt(
        algorithm, method, algorithm.startsWith("RSA") ? rsaKey : pointKey, content, more);
  }

  private static String encrypt(
      String algorithm,
      String method,
      java.security.Key key,
      String content,
      Map<String, String> more)
      throws Exception {
    JsonWebEncryption jwe = new JsonWebEncryption();
    jwe.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jwe.setAlgorithmHeaderValue(algorithm);
    jwe.setEncryptionMethodHeaderParameter(method);
    more.forEach(jwe::setHeader);
    jwe.setKey(key);
    jwe.setPayload(content);
    return jwe.getCompactSerialization();
  }

  @ParameterizedTest
  @DisplayName("JWI-09: a signed answer inside is read, for each algorithm and method")
  @CsvSource({
    "RSA-OAEP, A128GCM",
    "RSA-OAEP-256, A256GCM",
    "ECDH-ES, A128CBC-HS256",
    "ECDH-ES+A128KW, A192GCM",
    "ECDH-ES+A192KW, A192CBC-HS384",
    "ECDH-ES+A256KW, A256CBC-HS512"
  })
  void nestedAnswer_isRead(String algorithm, String method) throws Exception {
    try (IntrospectionJwtRig rig = rig(algorithm, method)) {
      rig.assertPasses(encrypt(algorithm, method, rig.good(), Map.of("cty", "JWT")));
    }
  }

  @Test
  @DisplayName("JWI-09: what is inside must be signed, and encryption must be there")
  void unsignedOrUnencrypted_isRefused() throws Exception {
    try (IntrospectionJwtRig rig = rig("ECDH-ES", "A128GCM")) {
      String none =
          TestingJwt.encode(rig.header().replace("ES256", "none"))
              + "."
              + TestingJwt.encode(payload(ACTIVE))
              + ".";
      String wrong =
          TestingJwt.sign("ES256", TestingJwt.p256().getPrivate(), rig.header(), payload(ACTIVE));
      for (String content : List.of(ACTIVE, payload(ACTIVE), none, wrong, "")) {
        rig.assertRefused(encrypt("ECDH-ES", "A128GCM", content, Map.of()));
      }
      rig.assertRefused(rig.good());
      rig.assertPasses(encrypt("ECDH-ES", "A128GCM", rig.good(), Map.of()));
    }
  }

  @Test
  @DisplayName("JWI-09: an encrypted answer is refused where a signed one is set")
  void encryptedAnswer_isRefusedWhereNoneIsSet() throws Exception {
    try (IntrospectionJwtRig rig = IntrospectionJwtRig.signing("ES256", SIGNER)) {
      rig.assertRefused(encrypt("ECDH-ES", "A128GCM", rig.good(), Map.of()));
    }
  }

  @Test
  @DisplayName("JWI-10: only the configured algorithm and method are decrypted")
  void otherAlgorithms_areRefused() throws Exception {
    try (IntrospectionJwtRig rig = rig("RSA-OAEP-256", "A128GCM")) {
      String good = rig.good();
      rig.assertRefused(encrypt("RSA-OAEP", "A128GCM", good, Map.of()));
      rig.assertRefused(encrypt("RSA1_5", "A128GCM", good, Map.of()));
      rig.assertRefused(encrypt("RSA-OAEP-256", "A256GCM", good, Map.of()));
      rig.assertRefused(
          encrypt(
              "dir",
              "A128CBC-HS256",
              new AesKey("rs-secretrs-secretrs-secretrs-se".getBytes(StandardCharsets.UTF_8)),
              good,
              Map.of()));
      rig.assertPasses(encrypt("RSA-OAEP-256", "A128GCM", good, Map.of()));
    }
  }

  @ParameterizedTest
  @DisplayName("JWI-10: a header that makes work or reads otherwise is refused before any")
  @ValueSource(
      strings = {
        "{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}",
        "{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\",\"crit\":[]}",
        "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":1000000000,\"p2s\":\"AAAAAAAAAAA\"}",
        "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
        "{\"alg\":\"RSA1_5\",\"enc\":\"A128GCM\"}",
        "{\"alg\":5,\"enc\":\"A128GCM\"}",
        "{\"alg\":\"ECDH-ES\"}",
        "{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\",\"enc\":\"A128GCM\"}"
      })
  void hostileHeader_isRefused(String header) throws Exception {
    assertRefusedFor("", header);
  }

  /** Each with a log of its own, since that is throttled. */
  private static void assertRefusedFor(String problem, String header) throws Exception {
    try (CapturedLog log = CapturedLog.of("dev.portcullis");
        IntrospectionJwtRig rig = rig("ECDH-ES", "A128GCM")) {
      long began = System.nanoTime();
      rig.assertRefused(
          TestingJwt.encode(header) + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
      assertTrue(System.nanoTime() - began < 3_000_000_000L, "took too long");
      assertTrue(log.text().contains(problem), log::text);
      assertTrue(problem.equals(NOT_DECRYPTED) || !log.text().contains(NOT_DECRYPTED), log::text);
    }
  }

  private static String header(String epk) {
    return "{\"alg\":\"ECDH-ES\",\"enc\":\"A128GCM\"" + epk + "}";
  }

  @Test
  @DisplayName("JWI-11: epk is a point of our curve, or nothing is decrypted")
  void badEphemeralKey_isRefusedBeforeDecryption() throws Exception {
    ECPublicKey good = (ECPublicKey) TestingJwt.p256().getPublic();
    BigInteger x = good.getW().getAffineX();
    BigInteger y = good.getW().getAffineY();
    String right = TestingJwt.ec(x, y, "");
    for (String epk :
        List.of(
            "",
            ",\"epk\":null",
            ",\"epk\":5",
            ",\"epk\":{}",
            ",\"epk\":" + TestingJwt.ec(x, y.add(BigInteger.ONE), ""),
            ",\"epk\":" + TestingJwt.ec(BigInteger.ZERO, BigInteger.ZERO, ""),
            ",\"epk\":" + TestingJwt.ec(x, y, ",\"d\":\"AAAA\""),
            ",\"epk\":" + TestingJwt.ec(x, y, ",\"x5c\":[\"AAAA\"]"),
            ",\"epk\":" + right.replace("P-256", "P-384"),
            ",\"epk\":" + right.replace("P-256", "P-257"),
            ",\"epk\":" + right.replace("\"x\":\"", "\"x\":\"AAAA"),
            ",\"epk\":" + TestingJwt.jwk(TestingJwt.ed25519().getPublic(), ""))) {
      assertRefusedFor(NO_POINT, header(epk));
    }
    assertRefusedFor(NOT_DECRYPTED, header(",\"epk\":" + right));
  }

  @Test
  @DisplayName("JWI-11: odd parameters of the key agreement end in the refusal too")
  void oddPartyInformation_isRefused() throws Exception {
    String epk = ",\"epk\":" + TestingJwt.jwk(TestingJwt.p256().getPublic(), "");
    for (String more : List.of(",\"apu\":5", ",\"apv\":[]", ",\"apu\":\"!\"", ",\"kid\":7")) {
      assertRefusedFor(NOT_DECRYPTED, header(epk + more));
    }
  }

  @Test
  @DisplayName("JWI-09: a key that the algorithm does not take stops the start")
  void keyOfAnotherKind_stopsTheStart() {
    Throwable fault =
        assertThrows(
            Exception.class,
            () ->
                IntrospectionJwtRig.signing(
                        "ES256",
                        SIGNER,
                        "client.decryption-key-pair",
                        "own",
                        "key-pair.own.file",
                        point.toString(),
                        "key-pair.own.password",
                        TestingCertificates.PASSWORD,
                        "as.introspection-encryption-algorithm",
                        "RSA-OAEP",
                        "as.introspection-encryption-method",
                        "A128GCM")
                    .close());

    while (fault.getCause() != null) {
      fault = fault.getCause();
    }
    assertTrue(
        String.valueOf(fault.getMessage())
            .contains("client.decryption-key-pair: its key cannot decrypt by RSA-OAEP."),
        fault::toString);
  }
}
