/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingProxy;
import java.io.IOException;

/** A way to the authorization server: what holds on one must hold on all. */
enum Link {
  PLAIN,
  TLS,
  MUTUAL_TLS,
  /** TLS in a tunnel through a forward proxy. */
  PROXY;

  /** Starts an authorization server at its end, with that certificate if it has one. */
  TestingAuthorizationServer server(TestingCertificates.Server which) throws IOException {
    TestingCertificates certificates = TestingCertificates.shared();
    return switch (this) {
      case PLAIN -> TestingAuthorizationServer.plain();
      case TLS, PROXY -> TestingAuthorizationServer.secured(certificates.context(which));
      case MUTUAL_TLS -> TestingAuthorizationServer.mutual(certificates.mutualContext(which));
    };
  }

  /** The settings that lead that way. */
  void configure(
      TestingApplication.Builder builder, TestingAuthorizationServer server, TestingProxy proxy) {
    if (this == MUTUAL_TLS) {
      builder
          .with("as.mtls-introspection-endpoint", server.url("/introspect"))
          .with("client.credentials-type", "mutual-tls")
          .with("client.secret", "")
          .with("client.key-pair", "rs")
          .with(
              "key-pair.rs.file",
              TestingCertificates.shared().keyStore(TestingCertificates.Server.GOOD).toString())
          .with("key-pair.rs.password", TestingCertificates.PASSWORD);
    }
    if (this == PROXY) {
      String[] settings = proxy.settings();
      for (int i = 0; i < settings.length; i += 2) {
        builder.with(settings[i], settings[i + 1]);
      }
    }
  }
}
