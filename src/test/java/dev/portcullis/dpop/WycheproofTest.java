/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published vectors of the Wycheproof project, if the folder that holds them is named by the
 * system property {@code wycheproof.vectors}.
 */
class WycheproofTest {

  @ParameterizedTest
  @CsvSource({
    "ES256, EC, ecdsa_secp256r1_sha256_p1363_test.json",
    "ES384, EC, ecdsa_secp384r1_sha384_p1363_test.json",
    "ES512, EC, ecdsa_secp521r1_sha512_p1363_test.json",
    "EdDSA, Ed25519, ed25519_test.json",
    "PS256, RSA, rsa_pss_2048_sha256_mgf1_32_test.json",
    "RS256, RSA, rsa_signature_2048_sha256_test.json"
  })
  @DisplayName("DPOP-21: every vector is judged as it says")
  void vectors_areJudgedAsTheySay(String name, String keyType, String file) throws Exception {
    SignatureAlgorithm algorithm = SignatureAlgorithm.named(name).orElseThrow();
    SignatureEngine engine = Engines.builtIn();
    List<String> wrong = new ArrayList<>();
    int valid = 0;
    for (Map<?, ?> group : objects(vectors(file).get("testGroups"))) {
      byte[] der = HexFormat.of().parseHex((String) group.get("publicKeyDer"));
      PublicKey key = KeyFactory.getInstance(keyType).generatePublic(new X509EncodedKeySpec(der));
      KeyVerifier verifier = engine.verifier(algorithm, key);
      for (Map<?, ?> test : objects(group.get("tests"))) {
        boolean holds = verifier.verifies(octets(test, "msg"), octets(test, "sig"));
        boolean expected = "valid".equals(test.get("result"));
        if (holds != expected && !"acceptable".equals(test.get("result"))) {
          wrong.add(test.get("tcId") + " " + test.get("comment"));
        }
        valid += holds ? 1 : 0;
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(valid > 0);
  }

  private static Map<String, Object> vectors(String file) throws Exception {
    String folder = System.getProperty("wycheproof.vectors", "");
    assumeTrue(!folder.isEmpty(), "the system property wycheproof.vectors names no folder");
    return JsonUtil.parseJson(read(Path.of(folder, file)));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static byte[] octets(Map<?, ?> test, String name) {
    return HexFormat.of().parseHex((String) test.get(name));
  }

  private static List<Map<?, ?>> objects(Object array) {
    List<Map<?, ?>> objects = new ArrayList<>();
    for (Object object : (List<?>) array) {
      objects.add((Map<?, ?>) object);
    }
    return objects;
  }
}
