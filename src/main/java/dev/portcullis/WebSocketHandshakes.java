/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Knows of a filter that makes WebSocket handshakes and that Jetty puts in front of all those that
 * an application declares: there, nobody asks for a token. Where it stands cannot be told.
 */
final class WebSocketHandshakes {

  private static final System.Logger LOG = System.getLogger(WebSocketHandshakes.class.getName());
  private static final String FILTER = "WebSocketUpgradeFilter";

  private WebSocketHandshakes() {}

  /** Warns if there is such a filter. */
  static void warn(ServletContext context) {
    if (filters(context).stream().anyMatch(WebSocketHandshakes::makesHandshakes)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Jetty''s {0} is here. Unless web.xml declares it behind this filter, it stands in front and"
              + " everybody can open a WebSocket.",
          FILTER);
    }
  }

  private static Collection<? extends FilterRegistration> filters(ServletContext context) {
    return Told.<Map<String, ? extends FilterRegistration>>by(context::getFilterRegistrations)
        .<Collection<? extends FilterRegistration>>map(Map::values)
        .orElse(List.of());
  }

  private static boolean makesHandshakes(FilterRegistration filter) {
    return Told.by(() -> filter.getClassName()).filter(type -> type.endsWith(FILTER)).isPresent();
  }
}
