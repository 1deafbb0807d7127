/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certification authority that issues, revokes, and tells what it has revoked, by list and by
 * OCSP over HTTP on the loopback address. Safe for use by several threads.
 */
public final class TestingAuthority implements AutoCloseable {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final char[] PASSWORD = TestingCertificates.PASSWORD.toCharArray();

  /** How a certificate says where its status is to be found. */
  public enum Status {
    /** By a list. */
    CRL,
    /** By asking. */
    OCSP,
    /** Either way. */
    BOTH,
    /** Not at all. */
    NOWHERE
  }

  /**
   * A certificate with its key.
   *
   * @param chain the certificate and those of the authorities below the root
   */
  public record Issued(PrivateKey key, List<X509Certificate> chain) {

    /** The certificate. */
    public X509Certificate certificate() {
      return chain.get(0);
    }

    /** The same as a key store. */
    public KeyStore keyStore() {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("own", key, PASSWORD, chain.toArray(X509Certificate[]::new));
        return store;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Writes a key store. */
    public void store(Path file, String password) {
      try (OutputStream out = Files.newOutputStream(file)) {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] characters = password.toCharArray();
        store.setKeyEntry("own", key, characters, chain.toArray(X509Certificate[]::new));
        store.store(out, characters);
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The TLS of a server with it. */
    public SSLContext context() {
      return context(null);
    }

    /** The same, trusting clients whose certificates lead to that one. */
    public SSLContext trusting(X509Certificate anchor) {
      try {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("anchor", anchor);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        return context(trust.getTrustManagers());
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private SSLContext context(TrustManager @Nullable [] trust) {
      try {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(keyStore(), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Issued own;
  private final HttpServer publication;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<BigInteger> revoked = new HashSet<>();

  private TestingAuthority(Issued own) throws IOException {
    this.own = own;
    publication = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    publication.createContext("/list", exchange -> publish(exchange, list()));
    publication.createContext("/status", exchange -> publish(exchange, status(question(exchange))));
    publication.start();
  }

  /** An authority of its own. */
  public static TestingAuthority root(String name) throws Exception {
    return root(name, true);
  }

  /** One that issues as well, though by its certificate it is no authority. */
  public static TestingAuthority pretender(String name) throws Exception {
    return root(name, false);
  }

  private static TestingAuthority root(String name, boolean isAuthority) throws Exception {
    KeyPair keys = keys();
    X500Name subject = new X500Name("CN=" + name);
    X509v3CertificateBuilder builder = builder(subject, subject, keys, hours(-48), hours(48));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
    X509Certificate certificate = sign(builder, keys.getPrivate());
    return new TestingAuthority(new Issued(keys.getPrivate(), List.of(certificate)));
  }

  /** An authority below this one. */
  public TestingAuthority authority(String name, Status status) throws Exception {
    KeyPair keys = keys();
    X509v3CertificateBuilder builder =
        builder(ownName(), new X500Name("CN=" + name), keys, hours(-48), hours(48));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    return new TestingAuthority(issue(builder, keys, status));
  }

  /** A certificate for this machine. */
  public Issued server(String name, Status status) throws Exception {
    return server(name, status, hours(-24), hours(24));
  }

  /** The same, valid for a time. */
  public Issued server(String name, Status status, Instant from, Instant to) throws Exception {
    KeyPair keys = keys();
    X509v3CertificateBuilder builder =
        builder(ownName(), new X500Name("CN=" + name), keys, from, to);
    GeneralName[] names = {
      new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
      new GeneralName(GeneralName.dNSName, "localhost")
    };
    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    return issue(builder, keys, status);
  }

  /** Its own certificate. */
  public X509Certificate certificate() {
    return own.certificate();
  }

  /** Takes a certificate back that it has issued. */
  public synchronized void revoke(X509Certificate certificate) {
    revoked.add(certificate.getSerialNumber());
  }

  private Issued issue(X509v3CertificateBuilder builder, KeyPair keys, Status status)
      throws Exception {
    if (status == Status.CRL || status == Status.BOTH) {
      GeneralNames place = new GeneralNames(url("/list/" + RANDOM.nextLong() + ".crl"));
      DistributionPoint point = new DistributionPoint(new DistributionPointName(place), null, null);
      builder.addExtension(
          Extension.cRLDistributionPoints,
          false,
          new CRLDistPoint(new DistributionPoint[] {point}));
    }
    if (status == Status.OCSP || status == Status.BOTH) {
      builder.addExtension(
          Extension.authorityInfoAccess,
          false,
          new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, url("/status")));
    }
    List<X509Certificate> chain = new ArrayList<>(List.of(sign(builder, own.key())));
    if (!isRoot()) {
      chain.addAll(own.chain());
    }
    return new Issued(keys.getPrivate(), chain);
  }

  private boolean isRoot() {
    X509Certificate certificate = own.certificate();
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private GeneralName url(String path) {
    return new GeneralName(
        GeneralName.uniformResourceIdentifier,
        "http://127.0.0.1:" + publication.getAddress().getPort() + path);
  }

  private X500Name ownName() {
    return X500Name.getInstance(own.certificate().getSubjectX500Principal().getEncoded());
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair keys, Instant from, Instant to) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(64, RANDOM).setBit(1),
        Date.from(from),
        Date.from(to),
        subject,
        keys.getPublic());
  }

  private static Instant hours(long number) {
    return Instant.now().plusSeconds(number * 3600);
  }

  private static ContentSigner signer(PrivateKey key) {
    try {
      return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
  }

  private synchronized byte[] list() throws IOException {
    X509v2CRLBuilder list = new X509v2CRLBuilder(ownName(), Date.from(hours(-1)));
    list.setNextUpdate(Date.from(hours(1)));
    revoked.forEach(
        serial -> list.addCRLEntry(serial, Date.from(hours(-1)), CRLReason.keyCompromise));
    return list.build(signer(own.key())).getEncoded();
  }

  private synchronized byte[] status(byte[] asked) throws IOException {
    try {
      CertificateID id = new OCSPReq(asked).getRequestList()[0].getCertID();
      CertificateStatus status =
          revoked.contains(id.getSerialNumber())
              ? new RevokedStatus(Date.from(hours(-1)), CRLReason.keyCompromise)
              : CertificateStatus.GOOD;
      X509CertificateHolder holder = new JcaX509CertificateHolder(own.certificate());
      return new OCSPRespBuilder()
          .build(
              OCSPRespBuilder.SUCCESSFUL,
              new BasicOCSPRespBuilder(new RespID(holder.getSubject()))
                  .addResponse(id, status, Date.from(hours(-1)), Date.from(hours(1)), null)
                  .build(
                      signer(own.key()), new X509CertificateHolder[] {holder}, Date.from(hours(0))))
          .getEncoded();
    } catch (OCSPException | GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** In the body or, in base64, in the path (RFC 6960 appendix A.1). */
  private static byte[] question(HttpExchange exchange) throws IOException {
    return exchange.getRequestMethod().equals("POST")
        ? exchange.getRequestBody().readAllBytes()
        : Base64.getDecoder()
            .decode(exchange.getRequestURI().getPath().substring("/status/".length()));
  }

  private static void publish(HttpExchange exchange, byte[] content) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  /** Answers no questions any more, but goes on publishing its list. */
  public void refuseStatus() {
    publication.removeContext("/status");
  }

  /** Takes questions and does not answer them, until it is stopped. */
  public void stall() {
    for (String path : List.of("/list", "/status")) {
      publication.removeContext(path);
      publication.createContext(path, exchange -> awaitEnd());
    }
  }

  private void awaitEnd() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Publishes nothing any more. */
  public void stop() {
    stopped.countDown();
    publication.stop(0);
  }

  @Override
  public void close() {
    stop();
  }
}
