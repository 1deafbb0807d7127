/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application gets it: its identity comes from the token and from nowhere else.
 * Without a token there is none.
 */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

  private final Optional<Identity> identity;

  AuthenticatedRequest(HttpServletRequest request, Optional<Identity> identity) {
    super(request);
    this.identity = identity;
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
}
