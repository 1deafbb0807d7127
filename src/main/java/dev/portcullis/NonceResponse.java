/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response that hands the client its next nonce (RFC 9449 section 8.2): exactly one {@code
 * DPoP-Nonce}, whatever the application sets, and stored nowhere.
 */
final class NonceResponse extends HttpServletResponseWrapper {

  private static final String NONCE = "DPoP-Nonce";
  private static final String CACHE_CONTROL = "Cache-Control";

  private final String nonce;

  private NonceResponse(HttpServletResponse response, String nonce) {
    super(response);
    this.nonce = nonce;
    hand();
  }

  /** A response that does so, if this one does not yet. */
  static HttpServletResponse around(HttpServletResponse response, String nonce) {
    boolean isHanding =
        response instanceof NonceResponse
            || (response instanceof ServletResponseWrapper outer
                && outer.isWrapperFor(NonceResponse.class));
    return isHanding ? response : new NonceResponse(response, nonce);
  }

  @Override
  public void setHeader(String name, String value) {
    if (isFree(name)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isFree(name)) {
      super.addHeader(name, value);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    if (isFree(name)) {
      super.setDateHeader(name, date);
    }
  }

  @Override
  public void setIntHeader(String name, int value) {
    if (isFree(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void reset() {
    super.reset();
    hand();
  }

  private void hand() {
    super.setHeader(NONCE, nonce);
    super.setHeader(CACHE_CONTROL, "no-store");
  }

  private static boolean isFree(String name) {
    return !NONCE.equalsIgnoreCase(name) && !CACHE_CONTROL.equalsIgnoreCase(name);
  }
}
