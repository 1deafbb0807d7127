/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static dev.portcullis.access.Access.assertRefused;
import static dev.portcullis.oauth.Tokens.NOW;
import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.testing.ClientCertificates;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use a token. */
class SenderConstraintTest {

  private static final String SETTING = "token.certificate-binding";
  private static final Optional<X509Certificate> CLIENT = Optional.of(ClientCertificates.CLIENT);
  private static final Optional<X509Certificate> NONE = Optional.empty();

  private final SenderConstraint constraint = new SenderConstraint(true, false);

  @Test
  @DisplayName("MTB-01: RFC 8705 appendix A")
  void certificateOfTheRfc_fitsItsThumbprint() throws RefusedException {
    assertAdmits(
        boundTo(ClientCertificates.RFC_8705_THUMBPRINT), Optional.of(ClientCertificates.RFC_8705));
  }

  @Test
  @DisplayName("MTB-01, MTB-06: a certificate that signed itself will do if it is the one")
  void selfSignedCertificate_fitsItsThumbprint() throws RefusedException {
    assertAdmits(boundTo(ClientCertificates.CLIENT_THUMBPRINT), CLIENT);
  }

  @ParameterizedTest
  @DisplayName("MTB-01: only SHA-256 of the certificate in unpadded base64url")
  @ValueSource(
      strings = {
        ClientCertificates.CLIENT_HEX,
        ClientCertificates.CLIENT_THUMBPRINT + "=",
        ClientCertificates.CLIENT_THUMBPRINT + " ",
        ClientCertificates.CLIENT_SHA_1,
        ClientCertificates.CLIENT_KEY_THUMBPRINT,
        "w9ulwiMmKoB/2dyem1/nFxW6r3sjb0zSIeW/Xo7vrG8",
        ""
      })
  void otherFormOfTheThumbprint_isRefused(String thumbprint) {
    assertMismatch(boundTo(thumbprint), CLIENT);
  }

  @Test
  @DisplayName("MTB-02: another certificate")
  void otherCertificate_isRefused() {
    assertMismatch(
        boundTo(ClientCertificates.CLIENT_THUMBPRINT), Optional.of(ClientCertificates.RFC_8705));
  }

  @Test
  @DisplayName("MTB-02: no certificate")
  void noCertificate_isRefused() {
    assertRefused(
        OAuthError.INVALID_TOKEN,
        Reason.CERTIFICATE_MISSING,
        SETTING,
        () -> prove(boundTo(ClientCertificates.CLIENT_THUMBPRINT), NONE));
  }

  @Test
  @DisplayName("MTB-03: the thumbprint of RFC 8705 section 3.1, whose last bits stand for nothing")
  void nonCanonicalThumbprint_isRefused() {
    assertMismatch(boundTo("bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"), CLIENT);
  }

  @Test
  @DisplayName("MTB-03: a thumbprint that differs in bits that stand for nothing")
  void strayBits_areRefused() {
    String thumbprint = ClientCertificates.CLIENT_THUMBPRINT;
    assertMismatch(boundTo(thumbprint.substring(0, thumbprint.length() - 1) + "9"), CLIENT);
  }

  @ParameterizedTest
  @DisplayName("MTB-03: a thumbprint that is no base64url does no harm")
  @ValueSource(strings = {"!!!", "\\u0000", "é", "\\ud83d\\ude00"})
  void garbage_isRefused(String thumbprint) {
    assertMismatch(boundTo(thumbprint), CLIENT);
  }

  @Test
  @DisplayName("MTB-06: a renewed certificate of the same key and subject is another one")
  void renewedCertificate_isRefused() {
    assertMismatch(
        boundTo(ClientCertificates.CLIENT_THUMBPRINT), Optional.of(ClientCertificates.RENEWED));
  }

  @ParameterizedTest
  @DisplayName("MTB-08, CH-07: a token bound in unknown ways only may be used by nobody")
  @ValueSource(
      strings = {
        "{}",
        "{\"kid\":\"x\"}",
        "{\"x5t\":\"w9ulwiMmKoB_2dyem1_nFxW6r3sjb0zSIeW_Xo7vrG8\"}",
        "{\"X5T#S256\":\"w9ulwiMmKoB_2dyem1_nFxW6r3sjb0zSIeW_Xo7vrG8\"}",
        "{\"jwk\":{\"kty\":\"EC\"}}"
      })
  void unknownBinding_isRefused(String cnf) {
    TokenInfo info = active("\"cnf\":" + cnf);
    assertRefused(
        OAuthError.INVALID_TOKEN,
        Reason.CERTIFICATE_BINDING_MISMATCH,
        "",
        () -> prove(info, CLIENT));
    assertRefused(
        OAuthError.INVALID_TOKEN,
        Reason.CERTIFICATE_BINDING_MISMATCH,
        "",
        () ->
            new SenderConstraint(false, false)
                .prove(request(CLIENT), valid(info), Optional.empty()));
  }

  @Test
  @DisplayName("MTB-08, CH-07: an unknown binding beside one that holds")
  void unknownBindingBesideAKnownOne_isIgnored() throws RefusedException {
    assertAdmits(
        active(
            "\"cnf\":{\"kid\":\"x\",\"x5t#S256\":\""
                + ClientCertificates.CLIENT_THUMBPRINT
                + "\"}"),
        CLIENT);
  }

  @Test
  @DisplayName("MTB-09: a token that is not bound stays so over mutual TLS")
  void unboundToken_passesWithAndWithoutCertificate() throws RefusedException {
    assertAdmits(active(""), CLIENT);
    assertAdmits(active(""), NONE);
  }

  @ParameterizedTest
  @DisplayName("DPOP-36: a token bound to a key under Bearer, whatever its type says")
  @ValueSource(strings = {"", ",\"token_type\":\"Bearer\"", ",\"token_type\":\"DPoP\""})
  void keyBoundToken_isRefused(String more) {
    TokenInfo info =
        active("\"cnf\":{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}" + more);
    assertRefused(OAuthError.INVALID_TOKEN, Reason.DPOP_DOWNGRADE, "", () -> prove(info, CLIENT));
  }

  @Test
  @DisplayName("MTB-07: a token bound to a key too is refused though its certificate is right")
  void keyAndCertificateBoundToken_isRefused() {
    TokenInfo info =
        active(
            "\"cnf\":{\"jkt\":\"x\",\"x5t#S256\":\""
                + ClientCertificates.CLIENT_THUMBPRINT
                + "\"}");
    assertRefused(OAuthError.INVALID_TOKEN, Reason.DPOP_DOWNGRADE, "", () -> prove(info, CLIENT));
    assertRefused(
        OAuthError.INVALID_TOKEN,
        Reason.DPOP_DOWNGRADE,
        "",
        () ->
            new SenderConstraint(false, false)
                .prove(request(CLIENT), valid(info), Optional.empty()));
  }

  @ParameterizedTest
  @DisplayName("INT-22, CH-06: a token that says DPoP and is bound to no key")
  @ValueSource(strings = {"DPoP", "dpop", "DPOP"})
  void dpopTypeWithoutKey_isRefused(String type) {
    assertRefused(
        OAuthError.INVALID_TOKEN,
        Reason.DPOP_NOT_ACCEPTED,
        "",
        () -> prove(active("\"token_type\":\"" + type + "\""), NONE));
  }

  @Test
  void bindingIgnored_admitsWithoutCertificate() throws RefusedException {
    TokenInfo info = boundTo(ClientCertificates.CLIENT_THUMBPRINT);
    ProvenToken proven =
        new SenderConstraint(false, false).prove(request(NONE), valid(info), Optional.empty());
    assertSame(info, proven.info());
  }

  private void assertAdmits(TokenInfo info, Optional<X509Certificate> certificate)
      throws RefusedException {
    ProvenToken proven = prove(info, certificate);
    assertSame(info, proven.info());
    assertSame(AuthScheme.BEARER, proven.scheme());
  }

  private void assertMismatch(TokenInfo info, Optional<X509Certificate> certificate) {
    assertRefused(
        OAuthError.INVALID_TOKEN,
        Reason.CERTIFICATE_BINDING_MISMATCH,
        SETTING,
        () -> prove(info, certificate));
  }

  private ProvenToken prove(TokenInfo info, Optional<X509Certificate> certificate)
      throws RefusedException {
    return constraint.prove(request(certificate), valid(info), Optional.empty());
  }

  private static ResourceRequest request(Optional<X509Certificate> certificate) {
    return Access.request("GET", "/r", certificate);
  }

  private static ValidToken valid(TokenInfo info) {
    return new ValidToken(info, NOW);
  }

  private static TokenInfo boundTo(String thumbprint) {
    return active("\"cnf\":{\"x5t#S256\":\"" + thumbprint + "\"}");
  }
}
