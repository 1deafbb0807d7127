/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample;

import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code GET /api/me} tells the caller who the application takes it for. The first half needs
 * nothing but the servlet API, so code that was written before the filter works behind it; the
 * second half shows what more the validated token has to say.
 */
final class MeServlet extends HttpServlet {

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Object> me = new LinkedHashMap<>();
    me.put("principal", request.getUserPrincipal().getName());
    me.put("remoteUser", request.getRemoteUser());
    me.put("authType", request.getAuthType());
    me.put("isClerk", request.isUserInRole("clerk"));
    me.put("isManager", request.isUserInRole("manager"));
    if (request.getAttribute(TokenPrincipal.ATTRIBUTE) instanceof TokenPrincipal token) {
      me.put("token", describe(token));
    }
    Json.write(response, HttpServletResponse.SC_OK, me);
  }

  private static Map<String, Object> describe(TokenPrincipal token) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", token.tokenType());
    json.put("ofClient", token.isClient());
    json.put("clientId", token.clientId().orElse(null));
    json.put("scopes", token.scopes());
    json.put("roles", token.attributes().get("roles"));
    json.put("expiresAt", token.expiresAt().map(Object::toString).orElse(null));
    return json;
  }
}
