/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

@ApplicationPath("/api")
public class OrdersApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    Set<Class<?>> classes = new HashSet<>(Set.of(OrdersResource.class, CallerResource.class));
    try {
      // In GlassFish and Payara: asks the request for roles, not the realm of the server.
      classes.add(Class.forName("org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature"));
    } catch (ClassNotFoundException e) {
      // Another server, which does so by itself.
    }
    return classes;
  }

  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.disableMetainfServicesLookup", true);
  }
}
