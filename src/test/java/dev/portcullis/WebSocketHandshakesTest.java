/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WebSocketHandshakesTest {

  private static final String WARNING =
      "Jetty's WebSocketUpgradeFilter is here. Unless web.xml declares it behind this filter, it"
          + " stands in front and everybody can open a WebSocket.";

  @Test
  @DisplayName("HTTP-17: a filter that makes handshakes in front of all others is warned of")
  void filterOfJetty_isWarnedOf() throws Exception {
    assertEquals(List.of(WARNING), warnings(new WebSocketUpgradeFilter()));
  }

  @Test
  void otherFilters_areNot() throws Exception {
    assertEquals(List.of(), warnings((request, response, chain) -> {}));
  }

  private static List<String> warnings(Filter other) throws Exception {
    try (TestingAuthorizationServer server = TestingAuthorizationServer.plain();
        CapturedLog log = CapturedLog.of(WebSocketHandshakes.class.getName());
        TestingApplication application =
            TestingApplication.builder().asking(server.url("/introspect")).behind(other).start()) {
      application.port();
      return log.lines();
    }
  }

  /** Named as that of Jetty is. */
  private static final class WebSocketUpgradeFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      chain.doFilter(request, response);
    }
  }
}
