/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in front of the filter and counts every way there is to read the body. */
final class BodyWatch implements Filter {

  private final AtomicInteger touches = new AtomicInteger();

  /** How often it was read from, or asked for. */
  int touches() {
    return touches.get();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain rest)
      throws IOException, ServletException {
    rest.doFilter(new Watched((HttpServletRequest) request), response);
  }

  private final class Watched extends HttpServletRequestWrapper {

    Watched(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      touches.incrementAndGet();
      return super.getInputStream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
      touches.incrementAndGet();
      return super.getReader();
    }

    @Override
    public String getParameter(String name) {
      touches.incrementAndGet();
      return super.getParameter(name);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      touches.incrementAndGet();
      return super.getParameterMap();
    }

    @Override
    public Enumeration<String> getParameterNames() {
      touches.incrementAndGet();
      return super.getParameterNames();
    }

    @Override
    public String[] getParameterValues(String name) {
      touches.incrementAndGet();
      return super.getParameterValues(name);
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
      touches.incrementAndGet();
      return super.getParts();
    }
  }
}
