/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a web application an OAuth 2.0 protected resource: the class that {@code web.xml} names. A
 * request passes with an access token that the authorization server vouches for (RFC 7662) and that
 * suffices for what is asked (RFC 6750); every other is answered here. Settings come from
 * init-params and from the properties file that the init-param {@code config-file} names.
 *
 * <p>Nothing passes a filter that is not started, whatever the container makes of that. This class
 * names only classes of Java and of the servlet API in its fields and signatures, so that it can be
 * made, and can refuse, where any other class is missing. Safe for use by several threads.
 */
public final class ResourceServerFilter implements Filter {

  /** Name of the request attribute that holds the id of the request, as audit entries show it. */
  public static final String EXCHANGE_ID = "dev.portcullis.exchange-id";

  private static final String RETRY_AFTER_SECONDS = "60";

  private volatile @Nullable Filter guard;
  private boolean isStarted;

  /** For the container. */
  public ResourceServerFilter() {}

  /**
   * Reads all settings and makes everything ready. Does not need the authorization server. Whatever
   * goes wrong here, the filter refuses all requests from then on.
   *
   * @throws ServletException if the filter cannot start and {@code config.on-mistake} says so, by
   *     default where the container is known to serve nothing then; the message names every mistake
   */
  @Override
  public synchronized void init(FilterConfig config) throws ServletException {
    Filter started = guard;
    guard = null;
    try {
      if (isStarted) {
        close(started);
        throw new IllegalStateException("init was called twice; declare a filter for each use");
      }
      guard = new Guard(config);
      isStarted = true;
    } catch (Throwable fault) { // a container may serve without a filter that throws
      conclude(config, fault);
    }
  }

  private static void conclude(FilterConfig config, Throwable fault) throws ServletException {
    try {
      FailedStart.conclude(config, fault);
    } catch (ServletException wanted) {
      throw wanted;
    } catch (Throwable another) {
      tell(config, fault);
    }
  }

  /** What is left is to refuse, which takes nothing, and to say so if that is possible. */
  private static void tell(FilterConfig config, Throwable fault) {
    try {
      config.getServletContext().log("A filter cannot start and refuses every request", fault);
    } catch (Throwable another) {
      // Nobody listens.
    }
  }

  /** Closes everything that {@link #init} opened. */
  @Override
  public synchronized void destroy() {
    Filter closing = guard;
    guard = null;
    isStarted = false;
    close(closing);
  }

  private static void close(@Nullable Filter closing) {
    if (closing != null) {
      closing.destroy();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest)
        || !(response instanceof HttpServletResponse httpResponse)) {
      throw new ServletException("Only HTTP requests can be protected.");
    }
    Filter ready = guard;
    if (ready == null) {
      refuse(httpResponse);
    } else {
      ready.doFilter(request, response, chain);
    }
  }

  private static void refuse(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    try {
      response.resetBuffer();
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
      response.setContentLength(0);
    } catch (RuntimeException e) {
      // The response has begun, or the container has none of it: the status is what counts.
    }
  }
}
