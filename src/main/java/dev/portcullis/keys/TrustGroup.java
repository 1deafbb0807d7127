/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.RenewableSecret;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A trusted certificate group, {@code trust.<name>.*}: the anchors a server certificate must lead
 * to, and how strictly the way to them is checked. There is no group that trusts everything.
 * Immutable; its files are read anew each time a trust manager is made.
 *
 * @param name its name in the settings
 * @param certificates files and folders of certificates, each of them an anchor
 * @param store a key store whose certificates are anchors
 * @param usesJavaTrustStore whether the anchors of this Java count too
 * @param skipsDates whether the validity period of certificates is not looked at
 */
public record TrustGroup(
    String name,
    List<Path> certificates,
    Optional<Path> store,
    Optional<RenewableSecret> storePassword,
    boolean usesJavaTrustStore,
    boolean skipsDates,
    Revocation revocation) {

  /** The group that every Java brings. */
  public static final String JAVA = "java";

  /** How revocation is checked. */
  public record Revocation(boolean byOcsp, boolean byCrl, boolean deniesUnknown) {

    static Revocation read(ConfigReader config, String prefix) {
      return new Revocation(
          config.flag(prefix + "ocsp", false),
          config.flag(prefix + "crl-checking", false),
          config.flag(prefix + "deny-unknown-revocation-status", false));
    }

    boolean isOn() {
      return byOcsp || byCrl;
    }
  }

  /** Copies the list. */
  public TrustGroup {
    certificates = List.copyOf(certificates);
  }

  /** The group of this Java: its own store, or the one that the system properties name. */
  public static TrustGroup ofJava() {
    return new TrustGroup(
        JAVA,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        true,
        false,
        new Revocation(false, false, false));
  }

  static TrustGroup read(ConfigReader config, String name) {
    String prefix = "trust." + name + ".";
    return new TrustGroup(
        name,
        config.list(prefix + "certificates").stream().map(Path::of).toList(),
        config.string(prefix + "store").map(Path::of),
        config.renewableSecret(prefix + "store-password"),
        config.flag(prefix + "use-java-trust-store", false),
        config.flag(prefix + "skip-certificate-date-check", false),
        Revocation.read(config, prefix));
  }

  /** The files and folders it is made of, by the setting that names them. */
  public Map<String, List<Path>> filesBySetting() {
    Map<String, List<Path>> files = new LinkedHashMap<>();
    if (!certificates.isEmpty()) {
      files.put("trust." + name + ".certificates", certificates);
    }
    store.ifPresent(file -> files.put("trust." + name + ".store", withPassword(file)));
    return files;
  }

  private List<Path> withPassword(Path file) {
    List<Path> files = new ArrayList<>(List.of(file));
    storePassword.ifPresent(secret -> files.addAll(secret.files()));
    return files;
  }

  /**
   * Reads the files and makes what decides about server certificates.
   *
   * @throws UnusableFileException if a file cannot be used, or there is no anchor at all
   */
  public X509ExtendedTrustManager trustManager() throws UnusableFileException {
    try {
      if (name.equals(JAVA)) {
        return new NamedTrust(javaTrustManager());
      }
      Set<X509Certificate> anchors = anchors();
      if (anchors.isEmpty()) {
        throw new UnusableFileException("trust." + name, "contains no certificate.");
      }
      X509ExtendedTrustManager unrevoked = new NamedTrust(unrevoked(anchors));
      return revocation.isOn() ? new RevocationTrust(unrevoked, anchors, revocation) : unrevoked;
    } catch (GeneralSecurityException e) {
      throw new UnusableFileException("trust." + name, "cannot be used: " + e.getMessage() + ".");
    }
  }

  private X509ExtendedTrustManager unrevoked(Set<X509Certificate> anchors)
      throws GeneralSecurityException {
    X509ExtendedTrustManager now = manager(anchors, Optional.empty());
    return skipsDates ? new DatelessTrust(day -> unchecked(anchors, Optional.of(day))) : now;
  }

  private static X509ExtendedTrustManager unchecked(
      Set<X509Certificate> anchors, Optional<Instant> day) {
    try {
      return manager(anchors, day);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the path cannot be checked", e);
    }
  }

  /** Decides as of now or of a day, and does not look at revocation. */
  private static X509ExtendedTrustManager manager(
      Set<X509Certificate> trusted, Optional<Instant> day) throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    parameters.setDate(day.map(Date::from).orElse(null));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return extended(factory);
  }

  private static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new IllegalStateException("this Java has no PKIX trust manager");
  }

  private Set<X509Certificate> anchors() throws GeneralSecurityException, UnusableFileException {
    Set<X509Certificate> trusted = new HashSet<>();
    for (Path place : certificates) {
      trusted.addAll(Certificates.in(place, "trust." + name + ".certificates"));
    }
    if (store.isPresent()) {
      UnusableFileException.reread(storePassword);
      KeyStoreFile opened =
          KeyStoreFile.open(store.get(), storePassword, "trust." + name + ".store");
      for (String alias : opened.aliases()) {
        if (opened.store().getCertificate(alias) instanceof X509Certificate certificate) {
          trusted.add(certificate);
        }
      }
    }
    if (usesJavaTrustStore) {
      trusted.addAll(List.of(javaTrustManager().getAcceptedIssuers()));
    }
    return trusted;
  }

  /** Of the store of this Java, or of the one that the system properties name. */
  private static X509ExtendedTrustManager javaTrustManager() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return extended(factory);
  }
}
