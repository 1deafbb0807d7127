/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The way from the filter to the application: what the application sees of a request that was let
 * in, the same on each dispatch that the request takes. Safe for use by several threads.
 */
final class Passage {

  private final boolean hidesCredentials;
  private final boolean exposesChallenge;

  Passage(boolean hidesCredentials, boolean exposesChallenge) {
    this.hidesCredentials = hidesCredentials;
    this.exposesChallenge = exposesChallenge;
  }

  /** Leaves with the request what was decided about it. */
  static void describe(Judgement judgement, HttpServletRequest request) {
    judgement.attachTo(request);
    request.setAttribute(
        ResourceServerFilter.EXCHANGE_ID, judgement.recording().clock().exchangeId());
    judgement
        .granted()
        .identity()
        .ifPresentOrElse(
            identity -> request.setAttribute(TokenPrincipal.ATTRIBUTE, identity.principal()),
            () -> request.removeAttribute(TokenPrincipal.ATTRIBUTE));
  }

  /** Passes a request on. */
  void pass(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    HttpServletResponse shown = shown(judgement, request, response);
    chain.doFilter(authenticated(judgement, request, shown), shown);
  }

  /** One that comes back as it was passed on needs nothing more, however often it does. */
  private HttpServletRequest authenticated(
      Judgement judgement, HttpServletRequest request, HttpServletResponse shown) {
    if (AuthenticatedRequest.isOf(judgement, request)) {
      return request;
    }
    boolean isHidden = hidesCredentials && judgement.granted().identity().isPresent();
    return new AuthenticatedRequest(
        isHidden ? new CredentialFreeRequest(request) : request, shown, judgement);
  }

  /** If need be, it hands the client its next nonce, and scripts of other origins can read it. */
  private HttpServletResponse shown(
      Judgement judgement, HttpServletRequest request, HttpServletResponse response) {
    HttpServletResponse watched = WatchedResponse.around(response, judgement.recording());
    HttpServletResponse handing =
        judgement
            .granted()
            .nextNonce()
            .map(nonce -> NonceResponse.around(watched, nonce))
            .orElse(watched);
    return exposesChallenge ? ExposingResponse.around(handing, request) : handing;
  }
}
