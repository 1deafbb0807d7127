/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who takes part: an authority, the authorization server, and clients, with keys and certificates
 * made by the running Java's {@code keytool} in a folder under {@code target}.
 */
final class Identities {

  /** The password of all stores. */
  static final String PASSWORD = "changeit";

  private static final char[] SECRET = PASSWORD.toCharArray();

  private final Path folder;
  private final Path all;

  private Identities(Path folder) {
    this.folder = folder;
    this.all = folder.resolve("all.p12");
  }

  /** Made when first asked for, since each takes the better part of a second. */
  private static final class Shared {
    private static final Identities IDENTITIES = made();

    private static Identities made() {
      try {
        Path folder = Files.createTempDirectory(Path.of("target"), "identities-");
        Identities identities = new Identities(folder.toAbsolutePath());
        identities.make("authority", "-ext", "bc:critical=ca:true");
        identities.make("server", "-signer", "authority", "-ext", "san=ip:127.0.0.1,dns:localhost");
        identities.make("client", "-signer", "authority");
        identities.make("stranger", "-signer", "authority");
        identities.make("self-signed");
        return identities;
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Those of all tests of this process. */
  static Identities shared() {
    return Shared.IDENTITIES;
  }

  /** The authorization server; for {@code 127.0.0.1}. */
  Identity server() throws Exception {
    return only("server");
  }

  /** A client that the authority vouches for and the authorization server knows. */
  Identity client() throws Exception {
    return only("client");
  }

  /** A client that the authority vouches for and the authorization server does not know. */
  Identity stranger() throws Exception {
    return only("stranger");
  }

  /** A client that is its own authority and that the authorization server knows. */
  Identity selfSigned() throws Exception {
    return only("self-signed");
  }

  /** The authority alone: whom a client trusts. */
  Path authority() throws Exception {
    return trusting("authority");
  }

  /** The authority and the self-signed client: whom the authorization server trusts. */
  Path trustedByServer() throws Exception {
    return trusting("authority", "self-signed");
  }

  /** TLS for the tests' own requests. */
  SSLContext trust() throws Exception {
    return trust(new KeyManager[0]);
  }

  /** The same, showing a certificate. */
  SSLContext trust(Identity identity) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(read(identity.store()), SECRET);
    return trust(keys.getKeyManagers());
  }

  private SSLContext trust(KeyManager[] keys) throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(read(authority()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  private Identity only(String alias) throws Exception {
    KeyStore store = read(all);
    KeyStore one = empty();
    one.setKeyEntry(alias, store.getKey(alias, SECRET), SECRET, store.getCertificateChain(alias));
    return new Identity(write(one, alias + ".p12"), (X509Certificate) store.getCertificate(alias));
  }

  private Path trusting(String... aliases) throws Exception {
    KeyStore store = read(all);
    KeyStore trusted = empty();
    for (String alias : aliases) {
      trusted.setCertificateEntry(alias, store.getCertificate(alias));
    }
    return write(trusted, "trust-" + String.join("-", aliases) + ".p12");
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, SECRET);
    return store;
  }

  private static KeyStore read(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, SECRET);
    }
    return store;
  }

  private Path write(KeyStore store, String name) throws GeneralSecurityException, IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, SECRET);
    }
    return file;
  }

  private void make(String alias, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", all.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
