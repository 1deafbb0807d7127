/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import dev.portcullis.api.TokenPrincipal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

@ApplicationScoped
public class Orders {

  @Inject TokenPrincipal token;

  public String list() {
    return "orders of " + token.getName();
  }

  public String tenant() {
    return String.join(", ", token.attributes().getOrDefault("tenant", List.of()));
  }
}
