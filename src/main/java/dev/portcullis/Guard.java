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

/**
 * The filter once it has started; {@link ResourceServerFilter} is what the container sees of it.
 * Safe for use by several threads.
 */
final class Guard implements Filter {

  private final Assembly assembly;

  /**
   * Starts it.
   *
   * @throws InvalidConfigurationException if any setting is wrong
   */
  Guard(FilterConfig config) throws InvalidConfigurationException {
    assembly = Assembly.of(config);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    assembly.door().pass((HttpServletRequest) request, (HttpServletResponse) response, chain);
  }

  @Override
  public void destroy() {
    assembly.close();
  }
}
