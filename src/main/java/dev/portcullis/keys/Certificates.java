/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads certificates from files in PEM or DER, and from folders of such files. */
final class Certificates {

  private Certificates() {}

  /** All certificates of a file or, of each file in it, of a folder. */
  static List<X509Certificate> in(Path place, String key) throws UnusableFileException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Path file : files(place, key)) {
      certificates.addAll(parse(read(file, key), file, key));
    }
    return certificates;
  }

  /** The files of a folder in the order of their names, or the file itself. */
  static List<Path> files(Path place, String key) throws UnusableFileException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UnusableFileException(key, "cannot read '" + place + "'.");
    }
  }

  static byte[] read(Path file, String key) throws UnusableFileException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableFileException(key, "cannot read '" + file + "'.");
    }
  }

  static List<X509Certificate> parse(byte[] content, Path file, String key)
      throws UnusableFileException {
    PemFile pem = PemFile.parse(content);
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      if (pem.isEmpty()) {
        certificates.add(certificate(factory, content));
      }
      for (PemFile.Block block : pem.labelled("CERTIFICATE")) {
        certificates.add(certificate(factory, block.der()));
      }
    } catch (CertificateException e) {
      throw new UnusableFileException(key, "'" + file + "' holds no X.509 certificate.");
    }
    return certificates;
  }

  private static X509Certificate certificate(CertificateFactory factory, byte[] der)
      throws CertificateException {
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
  }
}
