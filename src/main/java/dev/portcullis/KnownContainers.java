/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Map;

/**
 * The containers that are known, by a test, to serve nothing of an application whose filter did not
 * start. Others serve it without the filter, or start the filter anew with each request.
 */
final class KnownContainers {

  /**
   * By how each names itself, the classes that its context is of. One of the two is not enough:
   * GlassFish has classes of Tomcat's names, and serves the application without the filter.
   */
  private static final Map<String, String> KNOWN =
      Map.of("Apache Tomcat/", "org.apache.catalina.core.", "jetty/", "org.eclipse.jetty.ee1");

  private KnownContainers() {}

  /** Whether a filter is of one. What does not tell is none. */
  static boolean include(FilterConfig filter) {
    try {
      ServletContext context = filter.getServletContext();
      return include(String.valueOf(context.getServerInfo()), context.getClass().getName());
    } catch (RuntimeException e) {
      return false;
    }
  }

  static boolean include(String name, String type) {
    return KNOWN.entrySet().stream()
        .anyMatch(known -> name.startsWith(known.getKey()) && type.startsWith(known.getValue()));
  }
}
