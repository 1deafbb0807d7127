/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.testing.PemText;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthority;
import dev.portcullis.testing.TestingAuthority.Status;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A Java that allows all versions of TLS and all cipher suites, in a process of its own. Prints for
 * a server that offers one version or suite only what a client of any kind and what the filter make
 * of it: {@code RESULT <name> <negotiated> <status>}.
 */
final class LaxJava {

  private LaxJava() {}

  /** Takes names of versions and suites, and a folder to write to first. */
  public static void main(String[] args) throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Path anchor = Files.writeString(Path.of(args[0], "r.pem"), PemText.of(root.certificate()));
      SSLContext context = root.server("as", Status.NOWHERE).context();
      for (int i = 1; i < args.length; i++) {
        String name = args[i];
        try (TestingAuthorizationServer server =
            TestingAuthorizationServer.secured(context, socket -> limit(socket, name))
                .token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}")) {
          String line = name + " " + negotiated(server, name) + " " + status(server, anchor);
          System.out.println("RESULT " + line + " " + server.requests().size());
        }
      }
    }
    System.exit(0);
  }

  private static void limit(SSLSocket socket, String name) {
    if (name.startsWith("TLSv")) {
      socket.setEnabledProtocols(new String[] {name});
    } else {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {name});
    }
  }

  private static int status(TestingAuthorizationServer server, Path anchor) throws Exception {
    try (TestingApplication application =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("failover.max-retries", "0")
            .with("as.trusted-certificate-group", "corp")
            .with("trust.corp.certificates", anchor.toString())
            .start()) {
      return application.get("/r", "Authorization: Bearer good").status();
    }
  }

  /** What a client that takes everything agrees upon with the server. */
  private static String negotiated(TestingAuthorizationServer server, String name)
      throws IOException, GeneralSecurityException {
    SSLContext any = SSLContext.getInstance("TLS");
    any.init(null, new TrustManager[] {new AnyTrust()}, null);
    try (SSLSocket socket =
        (SSLSocket) any.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.setEnabledProtocols(socket.getSupportedProtocols());
      socket.setEnabledCipherSuites(socket.getSupportedCipherSuites());
      socket.startHandshake();
      return name.startsWith("TLSv")
          ? socket.getSession().getProtocol()
          : socket.getSession().getCipherSuite();
    }
  }

  /** Trusts everyone. */
  private static final class AnyTrust implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
