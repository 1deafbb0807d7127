/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import dev.portcullis.api.TokenPrincipal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.servlet.http.HttpServletRequest;

@ApplicationScoped
public class Tokens {

  @Produces
  @RequestScoped
  @Typed(TokenPrincipal.class) // Not Principal: some containers have one of their own.
  public TokenPrincipal token(HttpServletRequest request) {
    return (TokenPrincipal) request.getAttribute(TokenPrincipal.ATTRIBUTE);
  }
}
