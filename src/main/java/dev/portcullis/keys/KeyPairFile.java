/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.RenewableSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A key pair as the settings name it, {@code key-pair.<name>.*}: a PKCS#12 (or JKS) store, or PEM
 * with a key in PKCS#8 (encrypted or not) and the certificates. Read anew each time it is asked
 * for. Immutable.
 *
 * @param name its name in the settings
 */
public record KeyPairFile(
    String name, Path file, Optional<RenewableSecret> password, Optional<String> alias) {

  private static final String[] ALGORITHMS = {"RSA", "EC", "EdDSA"};

  /** Reads the settings of a key pair of that name. */
  static Optional<KeyPairFile> read(ConfigReader config, String name) {
    String prefix = "key-pair." + name + ".";
    Optional<String> file = config.string(prefix + "file");
    Optional<RenewableSecret> password = config.renewableSecret(prefix + "password");
    Optional<String> alias = config.string(prefix + "alias");
    if (file.isEmpty()) {
      config.problem(prefix + "file", "is required.");
    }
    return file.map(path -> new KeyPairFile(name, Path.of(path), password, alias));
  }

  /**
   * Reads the file.
   *
   * @throws UnusableFileException if it does not hold one key with its certificate
   */
  public KeyEntry load() throws UnusableFileException {
    UnusableFileException.reread(password);
    byte[] content = Certificates.read(file, setting("file"));
    PemFile pem = PemFile.parse(content);
    KeyEntry entry = pem.isEmpty() ? fromStore() : fromPem(pem, content);
    if (!fits(entry)) {
      throw unusable("'" + file + "' holds a key and a certificate that do not belong together.");
    }
    return entry;
  }

  private KeyEntry fromStore() throws UnusableFileException {
    KeyStoreFile opened = KeyStoreFile.open(file, password, setting("file"));
    try {
      String chosen = chosen(opened);
      Key key = opened.store().getKey(chosen, opened.password());
      Certificate[] chain = opened.store().getCertificateChain(chosen);
      if (!(key instanceof PrivateKey privateKey) || chain == null || chain.length == 0) {
        throw new UnusableFileException(
            setting("alias"), "'" + file + "' holds no key named '" + chosen + "'.");
      }
      return new KeyEntry(
          privateKey, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    } catch (GeneralSecurityException e) {
      throw unusable("'" + file + "' holds a key that this password does not open.");
    }
  }

  private String chosen(KeyStoreFile opened)
      throws GeneralSecurityException, UnusableFileException {
    if (alias.isPresent()) {
      return alias.get();
    }
    List<String> keys = new ArrayList<>();
    for (String candidate : opened.aliases()) {
      if (opened.store().entryInstanceOf(candidate, KeyStore.PrivateKeyEntry.class)) {
        keys.add(candidate);
      }
    }
    if (keys.size() > 1) {
      throw new UnusableFileException(
          setting("alias"), "is required because the store holds more than one key.");
    }
    return keys.stream().findFirst().orElseThrow(() -> unusable("'" + file + "' holds no key."));
  }

  private KeyEntry fromPem(PemFile pem, byte[] content) throws UnusableFileException {
    List<PemFile.Block> keys = pem.labelled("PRIVATE KEY");
    List<X509Certificate> chain = Certificates.parse(content, file, setting("file"));
    if (keys.size() != 1 || chain.isEmpty()) {
      throw unusable("'" + file + "' must hold one private key and its certificates.");
    }
    return new KeyEntry(privateKey(keys.get(0)), chain);
  }

  private PrivateKey privateKey(PemFile.Block block) throws UnusableFileException {
    PKCS8EncodedKeySpec spec =
        switch (block.label()) {
          case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(block.der());
          case "ENCRYPTED PRIVATE KEY" -> decrypted(block.der());
          default -> throw unusable("'" + file + "' must hold its key in PKCS#8.");
        };
    return Arrays.stream(ALGORITHMS)
        .flatMap(algorithm -> privateKey(spec, algorithm).stream())
        .findFirst()
        .orElseThrow(() -> unusable("'" + file + "' must hold an RSA, EC or EdDSA key."));
  }

  private static Optional<PrivateKey> privateKey(PKCS8EncodedKeySpec spec, String algorithm) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      return Optional.empty(); // a key of another algorithm
    }
  }

  private PKCS8EncodedKeySpec decrypted(byte[] der) throws UnusableFileException {
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
      AlgorithmParameters parameters = encrypted.getAlgParameters();
      // The name of PBES2 says nothing, its parameters do.
      String algorithm =
          encrypted.getAlgName().equals("PBES2")
                  || encrypted.getAlgName().startsWith("1.2.840.113549.1.5.13")
              ? parameters.toString()
              : encrypted.getAlgName();
      char[] characters = KeyStoreFile.characters(password);
      Key key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(characters));
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, parameters);
      return encrypted.getKeySpec(cipher);
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableFileException(
          setting("password"), "does not open the key in '" + file + "'.");
    }
  }

  /** Its file, and those its password comes from. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(file));
    password.ifPresent(secret -> files.addAll(secret.files()));
    return files;
  }

  /** Key of the setting that names the file. */
  public String fileSetting() {
    return setting("file");
  }

  /** Whether the certificate proves what the key signs. */
  private static boolean fits(KeyEntry entry) {
    String algorithm =
        switch (entry.key().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> entry.key().getAlgorithm();
        };
    byte[] text = algorithm.getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(entry.key());
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(entry.certificate().getPublicKey());
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind
    }
  }

  private String setting(String lastPart) {
    return "key-pair." + name + "." + lastPart;
  }

  private UnusableFileException unusable(String problem) {
    return new UnusableFileException(setting("file"), problem);
  }
}
