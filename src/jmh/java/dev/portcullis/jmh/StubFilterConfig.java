/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

/** Settings for a filter without a container. */
record StubFilterConfig(Map<String, String> settings) implements FilterConfig {

  @Override
  public String getFilterName() {
    return "jmh";
  }

  @Override
  public ServletContext getServletContext() {
    return (ServletContext)
        Proxy.newProxyInstance(
            StubFilterConfig.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getContextPath", "getServletContextName" -> "";
                  case "hashCode" -> 1;
                  default -> null;
                });
  }

  @Override
  public String getInitParameter(String name) {
    return settings.get(name);
  }

  @Override
  public Enumeration<String> getInitParameterNames() {
    return Collections.enumeration(settings.keySet());
  }
}
