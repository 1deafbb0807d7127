/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.ClientCertificates;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** That possession is proven with each request, also if the token is known already. */
class CachingBindingTest {

  private static final String BOUND =
      "\"cnf\":{\"x5t#S256\":\"" + ClientCertificates.CLIENT_THUMBPRINT + "\"}";

  @Test
  @DisplayName("CAC-04, MTB-01, MTB-02: a remembered token needs its certificate again")
  void rememberedToken_needsItsCertificate() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.made(builder -> builder.behind(new Container()))) {
      rig.active("tok", BOUND);
      rig.assertPasses(rig.get("/r", "tok", "Certificate: client"));
      rig.assertInvalidToken(
          rig.get("/r", "tok", "Certificate: other"), "certificate_binding_mismatch");
      rig.assertInvalidToken(rig.get("tok"), "certificate_missing");
      rig.assertPasses(rig.get("/r", "tok", "Certificate: client"));
      assertEquals(1, rig.calls());
      assertEquals(2, rig.reached());
    }
  }

  @Test
  @DisplayName("CAC-04: and the other way round, a certificate that is missing spoils nothing")
  void refusedToken_isNotRememberedAsBad() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.made(builder -> builder.behind(new Container()))) {
      rig.active("tok", BOUND);
      rig.assertInvalidToken(rig.get("tok"), "certificate_missing");
      rig.assertPasses(rig.get("/r", "tok", "Certificate: client"));
      assertEquals(1, rig.calls());
    }
  }

  @Test
  @DisplayName("MTB-02, MTB-04: the first certificate counts, and no certificate is none")
  void firstCertificate_counts() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.made(builder -> builder.behind(new Container()))) {
      rig.active("tok", BOUND);
      rig.assertPasses(rig.get("/r", "tok", "Certificate: client,other"));
      rig.assertInvalidToken(
          rig.get("/r", "tok", "Certificate: other,client"), "certificate_binding_mismatch");
      rig.assertInvalidToken(rig.get("/r", "tok", "Certificate: "), "certificate_missing");
    }
  }

  @Test
  @DisplayName("MTB-09: a token that is not bound passes with and without a certificate")
  void unboundToken_passes() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.made(builder -> builder.behind(new Container()))) {
      rig.active("tok", "");
      rig.assertPasses(rig.get("/r", "tok", "Certificate: client"));
      rig.assertPasses(rig.get("tok"));
    }
  }

  /** Tells of client certificates as a container does that has made the handshake. */
  private static final class Container extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Map<String, X509Certificate> CERTIFICATES =
        Map.of("client", ClientCertificates.CLIENT, "other", ClientCertificates.RENEWED);

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      String names = request.getHeader("Certificate");
      if (names != null) {
        X509Certificate[] certificates =
            names.isEmpty()
                ? new X509Certificate[0]
                : Stream.of(names.split(","))
                    .map(CERTIFICATES::get)
                    .toArray(X509Certificate[]::new);
        request.setAttribute("jakarta.servlet.request.X509Certificate", certificates);
      }
      chain.doFilter(request, response);
    }
  }
}
