/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.PushBuilder;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request without the fields that carry token and proof. */
final class CredentialFreeRequest extends HttpServletRequestWrapper {

  CredentialFreeRequest(HttpServletRequest request) {
    super(request);
  }

  private static boolean isHidden(String name) {
    return name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("DPoP");
  }

  @Override
  public @Nullable String getHeader(String name) {
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return isHidden(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(CredentialFreeRequest::isHidden);
    return Collections.enumeration(names);
  }

  @Override
  public int getIntHeader(String name) {
    return isHidden(name) ? -1 : super.getIntHeader(name);
  }

  @Override
  public long getDateHeader(String name) {
    return isHidden(name) ? -1 : super.getDateHeader(name);
  }

  /** Without the proof; a container leaves out {@code Authorization} by itself. */
  @Override
  public @Nullable PushBuilder newPushBuilder() {
    PushBuilder push = super.newPushBuilder();
    return push == null ? null : push.removeHeader("Authorization").removeHeader("DPoP");
  }
}
