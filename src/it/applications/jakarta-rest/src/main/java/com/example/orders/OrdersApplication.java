/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

public class OrdersApplication extends ResourceConfig {

  public OrdersApplication() {
    super(OrdersResource.class);
    register(RolesAllowedDynamicFeature.class); // Without it Jersey ignores @RolesAllowed.
  }
}
