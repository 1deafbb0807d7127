/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.introspection.SharedTokenIntrospector;
import dev.portcullis.introspection.TokenCache;
import dev.portcullis.oauth.AccessToken;
import jakarta.servlet.FilterConfig;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** One filter as seen over JMX. Safe for use by several threads. */
final class Management implements ResourceServerMXBean {

  private static final System.Logger LOG = System.getLogger(Management.class.getName());

  private final DecisionCounters counters;
  private final SharedTokenIntrospector introspector;
  private final TokenCache cache;

  private Management(
      DecisionCounters counters, SharedTokenIntrospector introspector, TokenCache cache) {
    this.counters = counters;
    this.introspector = introspector;
    this.cache = cache;
  }

  /** Registers a bean; what is returned takes it back. A filter works without its bean too. */
  static AutoCloseable register(
      FilterConfig filter,
      DecisionCounters counters,
      SharedTokenIntrospector introspector,
      TokenCache cache) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      ObjectName name = name(filter);
      server.registerMBean(new Management(counters, introspector, cache), name);
      return () -> server.unregisterMBean(name);
    } catch (JMException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "The filter cannot be seen over JMX ({0}); see management.jmx.",
          e.getMessage());
      return () -> {};
    }
  }

  @Override
  public Map<String, Long> getDecisions() {
    return counters.snapshot();
  }

  @Override
  public long getCachedTokens() {
    return cache.size();
  }

  @Override
  public void purgeTokens() {
    introspector.purge();
  }

  @Override
  public void purgeToken(String token) {
    Optional<AccessToken> parsed = AccessToken.parse(token);
    parsed.ifPresent(known -> introspector.purge(known.digest()));
  }

  private static ObjectName name(FilterConfig filter) throws JMException {
    return new ObjectName(
        "dev.portcullis:type=ResourceServer,context="
            + ObjectName.quote(Assembly.contextPath(filter))
            + ",name="
            + ObjectName.quote(filter.getFilterName()));
  }
}
