/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.config.InvalidConfigurationException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes a web application an OAuth 2.0 protected resource: the class that {@code web.xml} names. A
 * request passes with an access token that the authorization server vouches for (RFC 7662) and that
 * suffices for what is asked (RFC 6750); every other is answered here. Settings come from
 * init-params and from the properties file that the init-param {@code config-file} names.
 *
 * <p>A filter that could not start serves nothing: {@link #init} throws, and should a container
 * call it all the same, it answers 503. Safe for use by several threads.
 */
public final class ResourceServerFilter implements Filter {

  /** Name of the request attribute that holds the id of the request, as audit entries show it. */
  public static final String EXCHANGE_ID = "dev.portcullis.exchange-id";

  private volatile Optional<Assembly> assembly = Optional.empty();

  /** For the container. */
  public ResourceServerFilter() {}

  /**
   * Reads all settings and makes everything ready. Does not need the authorization server.
   *
   * @throws ServletException if any setting is wrong; the message names every one, a line each
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    try {
      assembly = Optional.of(Assembly.of(config));
    } catch (InvalidConfigurationException e) {
      String start = "Filter '" + config.getFilterName() + "' cannot start:";
      throw new ServletException(start + System.lineSeparator() + e.getMessage(), e);
    }
  }

  /** Closes everything that {@link #init} opened. */
  @Override
  public void destroy() {
    Optional<Assembly> closing = assembly;
    assembly = Optional.empty();
    closing.ifPresent(Assembly::close);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("Only HTTP requests can be protected.");
    }
    Optional<Assembly> ready = assembly;
    if (ready.isPresent()) {
      ready.get().door().pass(http, httpResponse, chain);
    } else {
      httpResponse.setHeader("Cache-Control", "no-store");
      httpResponse.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
  }
}
