/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Identity;
import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application gets it: its identity comes from the token and from nowhere else.
 * Without a token there is none. What an application puts into attributes of our names has no
 * effect.
 */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

  private final Optional<Identity> identity;
  private final String exchangeId;

  AuthenticatedRequest(HttpServletRequest request, Judgement judgement) {
    super(request);
    this.identity = judgement.granted().identity();
    this.exchangeId = judgement.clock().exchangeId();
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return identity.map(Identity::principal).orElse(null);
  }

  @Override
  public @Nullable String getRemoteUser() {
    return identity.flatMap(Identity::user).orElse(null);
  }

  @Override
  public @Nullable String getAuthType() {
    return identity.map(who -> who.scheme().toString()).orElse(null);
  }

  @Override
  public boolean isUserInRole(String role) {
    return identity.filter(who -> who.hasRole(role)).isPresent();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return switch (name) {
      case TokenPrincipal.ATTRIBUTE -> getUserPrincipal();
      case ResourceServerFilter.EXCHANGE_ID -> exchangeId;
      default -> super.getAttribute(name);
    };
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value instanceof Judgement || !Judgement.isKeptAs(name)) {
      super.setAttribute(name, value);
    }
  }

  @Override
  public void removeAttribute(String name) {
    if (!Judgement.isKeptAs(name)) {
      super.removeAttribute(name);
    }
  }
}
