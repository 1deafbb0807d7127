/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

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
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates made at run time with the {@code keytool} of the running Java: an authority, and
 * servers with right and wrong certificates for {@code localhost} and {@code 127.0.0.1}. Stores are
 * PKCS#12.
 */
public final class TestingCertificates {

  /** The password of all stores. */
  public static final String PASSWORD = "changeit";

  private static final char[] SECRET = PASSWORD.toCharArray();
  private static final String RIGHT_NAMES = "san=ip:127.0.0.1,dns:localhost";

  /** A server's certificate. */
  public enum Server {
    /** Nothing is wrong with it. */
    GOOD,
    /** It is for {@code elsewhere.example}. */
    WRONG_HOST,
    /** Its time is over. */
    EXPIRED,
    /** It is its own authority. */
    SELF_SIGNED,
    /** Its authority is not the trusted one. */
    UNTRUSTED
  }

  /** Made when first asked for. */
  private static final class Shared {
    private static final TestingCertificates CERTIFICATES = in(temporaryFolder());
  }

  private final Path folder;
  private final Path store;

  private TestingCertificates(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("all.p12");
    store.toFile().deleteOnExit();
  }

  /** One set for all tests of a virtual machine: each certificate takes a second to make. */
  public static TestingCertificates shared() {
    return Shared.CERTIFICATES;
  }

  private static Path temporaryFolder() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes an authority, and all else when asked for, in a folder that the caller removes. */
  public static TestingCertificates in(Path folder) {
    TestingCertificates certificates = new TestingCertificates(folder);
    certificates.make("authority", "-ext", "bc:critical=ca:true");
    return certificates;
  }

  /** A trust store with the good authority only. */
  public Path trustStore() {
    return trustStore("authority");
  }

  /** A trust store with an authority that has signed none of the good certificates. */
  public synchronized Path otherTrustStore() {
    only(Server.UNTRUSTED);
    return trustStore("other");
  }

  private synchronized Path trustStore(String alias) {
    Path file = folder.resolve("trust-" + alias + ".p12");
    write(file, store -> store.setCertificateEntry(alias, all().getCertificate(alias)));
    return file;
  }

  /** The TLS of a server with that certificate. */
  public synchronized SSLContext context(Server server) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(only(server), SECRET);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same, trusting clients with certificates of the good authority. */
  public synchronized SSLContext mutualContext(Server server) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(only(server), SECRET);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, SECRET);
      trusted.setCertificateEntry("authority", authority());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate of the good authority. */
  public synchronized X509Certificate authority() {
    return certificate("authority");
  }

  /** The certificate of that server. */
  public synchronized X509Certificate certificate(Server server) {
    only(server);
    return certificate(server.name().toLowerCase(Locale.ROOT));
  }

  private X509Certificate certificate(String alias) {
    try {
      return (X509Certificate) all().getCertificate(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key store with the key and the chain of that server, alias {@code server}. */
  public synchronized Path keyStore(Server server) {
    Path file = folder.resolve(server.name() + ".p12");
    KeyStore only = only(server);
    write(
        file,
        keys ->
            keys.setKeyEntry(
                "server",
                only.getKey("server", SECRET),
                SECRET,
                only.getCertificateChain("server")));
    return file;
  }

  private KeyStore only(Server server) {
    try {
      String alias = server.name().toLowerCase(Locale.ROOT);
      if (!all().containsAlias(alias)) {
        make(server, alias);
      }
      KeyStore all = all();
      KeyStore only = KeyStore.getInstance("PKCS12");
      only.load(null, SECRET);
      only.setKeyEntry("server", all.getKey(alias, SECRET), SECRET, all.getCertificateChain(alias));
      return only;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void make(Server server, String alias) {
    switch (server) {
      case GOOD -> make(alias, "-signer", "authority", "-ext", RIGHT_NAMES);
      case WRONG_HOST -> make(alias, "-signer", "authority", "-ext", "san=dns:elsewhere.example");
      case EXPIRED ->
          make(
              alias,
              "-signer",
              "authority",
              "-ext",
              RIGHT_NAMES,
              "-startdate",
              "-9d",
              "-validity",
              "1");
      case SELF_SIGNED -> make(alias, "-ext", RIGHT_NAMES);
      case UNTRUSTED -> {
        make("other", "-ext", "bc:critical=ca:true");
        make(alias, "-signer", "other", "-ext", RIGHT_NAMES);
      }
    }
  }

  private void make(String alias, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    run(command);
  }

  private static void run(List<String> command) {
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Makes a key store with an RSA key of its own certificate; returns that. */
  public static X509Certificate rsa(Path file) {
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "own",
            "-dname",
            "CN=own",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD));
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore made = KeyStore.getInstance("PKCS12");
      made.load(in, SECRET);
      return (X509Certificate) made.getCertificate("own");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore all() throws GeneralSecurityException {
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      all.load(in, SECRET);
      return all;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Filling {
    void fill(KeyStore store) throws GeneralSecurityException;
  }

  private static void write(Path file, Filling filling) {
    file.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore made = KeyStore.getInstance("PKCS12");
      made.load(null, SECRET);
      filling.fill(made);
      made.store(out, SECRET);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
