/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.Secret;
import dev.portcullis.config.RenewableSecret;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key pairs from stores and from PEM. */
class KeyPairFileTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static final char[] PASSWORD = TestingCertificates.PASSWORD.toCharArray();
  private static final X509Certificate OWN = CERTIFICATES.certificate(Server.GOOD);

  @TempDir private Path folder;

  private static Key key(Server server) throws Exception {
    try (InputStream in = Files.newInputStream(CERTIFICATES.keyStore(server))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      return store.getKey("server", PASSWORD);
    }
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private Path pem(String label, byte[] key) throws Exception {
    return Files.writeString(
        folder.resolve("rs.pem"),
        "for people\n" + block(label, key) + block("CERTIFICATE", OWN.getEncoded()));
  }

  private static KeyPairFile file(Path file, String password) {
    return new KeyPairFile("rs", file, Optional.of(secret(password)), Optional.empty());
  }

  private static RenewableSecret secret(String password) {
    return RenewableSecret.fixed("key-pair.rs.password", Secret.of(password));
  }

  private static String problem(KeyPairFile file) {
    UnusableFileException e = assertThrows(UnusableFileException.class, file::load);
    assertFalse(String.valueOf(e.getMessage()).contains("wrong-s3cret"));
    return String.valueOf(e.getMessage());
  }

  private static byte[] encrypted(String algorithm) throws Exception {
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD)));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key(Server.GOOD).getEncoded()))
        .getEncoded();
  }

  @Test
  void plainPem_isRead() throws Exception {
    KeyEntry entry = file(pem("PRIVATE KEY", key(Server.GOOD).getEncoded()), "x").load();
    assertEquals(OWN, entry.certificate());
    assertEquals(key(Server.GOOD), entry.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithHmacSHA512AndAES_128"})
  void encryptedPem_isReadWithItsPassword(String algorithm) throws Exception {
    Path pem = pem("ENCRYPTED PRIVATE KEY", encrypted(algorithm));
    assertEquals(key(Server.GOOD), file(pem, TestingCertificates.PASSWORD).load().key());
    assertEquals(
        "key-pair.rs.password: does not open the key in '" + pem + "'.",
        problem(file(pem, "wrong-s3cret")));
  }

  @Test
  void store_isReadWithItsPassword() throws Exception {
    Path store = CERTIFICATES.keyStore(Server.GOOD);
    KeyEntry entry = file(store, TestingCertificates.PASSWORD).load();
    assertEquals(2, entry.chain().size());
    assertEquals(OWN, entry.certificate());
    assertEquals(
        "key-pair.rs.file: '" + store + "' is no PKCS#12 or JKS store that this password opens.",
        problem(file(store, "wrong-s3cret")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS"})
  @DisplayName("CAU-07: of several keys the alias chooses one, and one that is not there is told")
  void alias_choosesAmongSeveral(String type) throws Exception {
    Path several = folder.resolve("several");
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, PASSWORD);
    for (Server server : new Server[] {Server.GOOD, Server.EXPIRED}) {
      X509Certificate[] chain = {CERTIFICATES.certificate(server)};
      store.setKeyEntry(
          server.name().toLowerCase(java.util.Locale.ROOT), key(server), PASSWORD, chain);
    }
    try (OutputStream out = Files.newOutputStream(several)) {
      store.store(out, PASSWORD);
    }
    assertEquals(
        "key-pair.rs.alias: is required because the store holds more than one key.",
        problem(file(several, TestingCertificates.PASSWORD)));
    assertEquals(OWN, aliased(several, "good").load().certificate());
    assertEquals(
        "key-pair.rs.alias: '" + several + "' holds no key named 'other'.",
        problem(aliased(several, "other")));
  }

  private static KeyPairFile aliased(Path file, String alias) {
    return new KeyPairFile(
        "rs", file, Optional.of(secret(TestingCertificates.PASSWORD)), Optional.of(alias));
  }

  @Test
  void keyOfAnotherCertificate_isRefused() throws Exception {
    Path pem = pem("PRIVATE KEY", key(Server.EXPIRED).getEncoded());
    assertEquals(
        "key-pair.rs.file: '"
            + pem
            + "' holds a key and a certificate that do not belong together.",
        problem(file(pem, "x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY"})
  void otherFormOfKey_isRefused(String label) throws Exception {
    Path pem = pem(label, new byte[] {1});
    assertEquals(
        "key-pair.rs.file: '" + pem + "' must hold its key in PKCS#8.", problem(file(pem, "x")));
  }
}
