/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import dev.portcullis.api.TokenPrincipal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.function.Supplier;

/** What the container itself injects, by its name. */
@ApplicationScoped
public class Injected {

  @Inject HttpServletRequest request;
  @Inject Instance<Principal> principal;
  @Inject Instance<TokenPrincipal> token;

  /** What one of them says of the caller: a name, null, or the exception. */
  public String name(String which) {
    return switch (which) {
      case "attribute" -> name(() -> (Principal) request.getAttribute(TokenPrincipal.ATTRIBUTE));
      case "request" -> name(request::getUserPrincipal);
      case "user" -> String.valueOf(request.getRemoteUser());
      case "role" -> String.valueOf(request.isUserInRole("clerk"));
      case "principal" -> name(principal::get);
      case "token" -> name(token::get);
      default -> throw new IllegalArgumentException(which);
    };
  }

  private static String name(Supplier<Principal> supplier) {
    try {
      Principal found = supplier.get();
      return found == null ? "null" : found.getName();
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }
}
