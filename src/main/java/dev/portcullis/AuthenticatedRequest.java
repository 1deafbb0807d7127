/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Identity;
import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application gets it: its identity comes from the token and from nowhere else.
 * Without a token there is none. What an application puts into attributes of our names has no
 * effect.
 */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

  private final HttpServletResponse response;
  private final Judgement judgement;
  private final Optional<Identity> identity;

  AuthenticatedRequest(
      HttpServletRequest request, HttpServletResponse response, Judgement judgement) {
    super(request);
    this.response = response;
    this.judgement = judgement;
    this.identity = judgement.granted().identity();
  }

  /** Whether a request is one of this type already, by the same judgement. */
  static boolean isOf(Judgement judgement, ServletRequest request) {
    return request instanceof AuthenticatedRequest known && known.judgement == judgement;
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

  /** By the contract of the method: who is known already is not asked again by the container. */
  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    return identity.isPresent() || super.authenticate(response);
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return switch (name) {
      case TokenPrincipal.ATTRIBUTE -> getUserPrincipal();
      case ResourceServerFilter.EXCHANGE_ID -> recording().clock().exchangeId();
      default -> super.getAttribute(name);
    };
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value instanceof Judgement || !Seal.isOn(name)) {
      super.setAttribute(name, value);
    }
  }

  @Override
  public void removeAttribute(String name) {
    if (!Seal.isOn(name)) {
      super.removeAttribute(name);
    }
  }

  @Override
  public AsyncContext startAsync() {
    return shown(super.startAsync());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return shown(super.startAsync(request, response));
  }

  @Override
  public AsyncContext getAsyncContext() {
    return shown(super.getAsyncContext());
  }

  /** In the place of a context of the container's, unless a request below has replaced it. */
  AsyncContext shown(AsyncContext context) {
    return context instanceof AuthenticatedAsync known && known.isOf(recording())
        ? context
        : new AuthenticatedAsync(context, this);
  }

  /** The response that was passed on with it. */
  HttpServletResponse response() {
    return response;
  }

  Recording recording() {
    return judgement.recording();
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return WatchedInput.around(super.getInputStream(), recording());
  }
}
