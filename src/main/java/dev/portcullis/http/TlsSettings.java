/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.config.ConfigReader;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How TLS connections are made.
 *
 * @param expectedHostname the name the certificate must be for, instead of the target's
 * @param protocols protocol versions, by their Java names
 * @param cipherSuites cipher suites, by their Java names; empty for what this Java chooses
 */
public record TlsSettings(
    Optional<String> expectedHostname, List<String> protocols, List<String> cipherSuites) {

  private static final String UNNAMED_HOSTS = "jdk.internal.httpclient.disableHostnameVerification";
  private static final String ANY_ISSUER = "jdk.security.allowNonCaAnchor";
  private static final Pattern UNSAFE_PROTOCOL = Pattern.compile("SSL.*|TLSv1(?:\\.1)?");
  private static final Pattern UNSAFE_SUITE =
      Pattern.compile(
          ".*_(?:NULL|anon|EXPORT|RC2|RC4|DES|DES40|3DES)_.*|.*_MD5|(?:TLS|SSL)_RSA_.*");

  /** Copies the lists. */
  public TlsSettings {
    protocols = List.copyOf(protocols);
    cipherSuites = List.copyOf(cipherSuites);
  }

  static TlsSettings read(ConfigReader reader) {
    SSLParameters supported = supported();
    refuseLooseJava(reader);
    return new TlsSettings(
        expectedHostname(reader),
        known(
            reader,
            "http.tls-protocols",
            List.of("TLSv1.3", "TLSv1.2"),
            Set.of(supported.getProtocols()),
            UNSAFE_PROTOCOL,
            "a TLS protocol"),
        known(
            reader,
            "http.tls-cipher-suites",
            List.of(),
            Set.of(supported.getCipherSuites()),
            UNSAFE_SUITE,
            "a cipher suite"));
  }

  private static Optional<String> expectedHostname(ConfigReader reader) {
    String key = "http.expected-hostname";
    Optional<String> name = reader.string(key);
    if (name.isPresent() && !name.get().matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
      reader.problem(key, "must be a host name.");
      return Optional.empty();
    }
    return name;
  }

  private static List<String> known(
      ConfigReader reader,
      String key,
      List<String> fallback,
      Set<String> known,
      Pattern unsafe,
      String what) {
    List<String> names = reader.list(key, fallback);
    for (String name : names) {
      if (unsafe.matcher(name).matches()) {
        reader.problem(key, "'" + name + "' is not safe (RFC 9325).");
      } else if (!known.contains(name)) {
        reader.problem(key, "'" + name + "' is not " + what + " that this Java knows.");
      }
    }
    return names;
  }

  /**
   * Nothing here heeds the first; but whoever sets it believes that names need not be checked. Java
   * itself heeds the second when it checks the certificates of a server.
   */
  private static void refuseLooseJava(ConfigReader reader) {
    if (isOn(System.getProperty(UNNAMED_HOSTS))) {
      reader.problem(
          UNNAMED_HOSTS,
          "this system property lets connections go to any host. Start Java without it.");
    }
    String system = System.getProperty(ANY_ISSUER);
    if (isOn(system == null ? Security.getProperty(ANY_ISSUER) : system)) {
      reader.problem(
          ANY_ISSUER,
          "this property lets the certificate of a server vouch for other servers. Start Java"
              + " without it.");
    }
  }

  private static boolean isOn(@Nullable String property) {
    return property != null && (property.isEmpty() || Boolean.parseBoolean(property));
  }

  /** Of a context of its own: that of the server may have a key store that cannot be opened. */
  private static SSLParameters supported() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[0], new TrustManager[0], null);
      return context.getSupportedSSLParameters();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }
}
