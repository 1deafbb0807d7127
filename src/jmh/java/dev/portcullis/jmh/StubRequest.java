/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request that costs next to nothing to read. */
final class StubRequest extends HttpServletRequestWrapper {

  private static final HttpServletRequest NOTHING =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              StubRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private static final HttpServletMapping MAPPING =
      (HttpServletMapping)
          Proxy.newProxyInstance(
              StubRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletMapping.class},
              (proxy, method, arguments) ->
                  method.getName().equals("getMappingMatch") ? MappingMatch.DEFAULT : "");

  private final List<String> authorization;
  private List<String> proofs = List.of();
  private final Map<String, Object> attributes = new HashMap<>();

  StubRequest(String authorization) {
    super(NOTHING);
    this.authorization = authorization.isEmpty() ? List.of() : List.of(authorization);
  }

  /** Replaces the DPoP proof. */
  StubRequest with(String proof) {
    proofs = List.of(proof);
    return this;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return Collections.enumeration(lines(name));
  }

  @Override
  public String getHeader(String name) {
    List<String> lines = lines(name);
    return lines.isEmpty() ? null : lines.get(0);
  }

  private List<String> lines(String name) {
    if (name.equalsIgnoreCase("Authorization")) {
      return authorization;
    }
    return name.equalsIgnoreCase("DPoP") ? proofs : List.of();
  }

  @Override
  public String getMethod() {
    return "GET";
  }

  @Override
  public String getRequestURI() {
    return "/orders/17";
  }

  @Override
  public String getQueryString() {
    return null;
  }

  @Override
  public String getContextPath() {
    return "";
  }

  @Override
  public String getServletPath() {
    return "/orders/17";
  }

  @Override
  public String getPathInfo() {
    return null;
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public String getRemoteAddr() {
    return "192.0.2.1";
  }

  @Override
  public String getScheme() {
    return "https";
  }

  @Override
  public String getServerName() {
    return "api.example.com";
  }

  @Override
  public int getServerPort() {
    return 443;
  }

  @Override
  public DispatcherType getDispatcherType() {
    return DispatcherType.REQUEST;
  }

  @Override
  public String getRequestId() {
    return "17";
  }

  @Override
  public HttpServletMapping getHttpServletMapping() {
    return MAPPING;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer("https://api.example.com/orders/17");
  }

  @Override
  public String getParameter(String name) {
    return null;
  }

  @Override
  public String[] getParameterValues(String name) {
    return null;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Map.of();
  }

  @Override
  public HttpSession getSession(boolean create) {
    return null;
  }

  @Override
  public String getRequestedSessionId() {
    return null;
  }

  @Override
  public ServletContext getServletContext() {
    return new StubFilterConfig(Map.of()).getServletContext();
  }

  @Override
  public boolean isAsyncStarted() {
    return false;
  }

  /** Each request begins without the filter's own mark. */
  @Override
  public Object getAttribute(String name) {
    return name.startsWith("dev.portcullis.judgement.") || name.endsWith(".FILTERED")
        ? null
        : attributes.get(name);
  }

  @Override
  public void removeAttribute(String name) {
    attributes.remove(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    attributes.put(name, value);
  }
}
