/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import dev.portcullis.api.TokenPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
public class OrdersController {

  @GetMapping("/orders")
  public String orders(Principal caller) {
    return "orders of " + caller.getName();
  }

  // The token itself: a parameter of this type is all it takes.
  @GetMapping("/orders/tenant")
  public List<String> tenant(TokenPrincipal token) {
    return token.attributes().getOrDefault("tenant", List.of());
  }

  // The same by the request attribute.
  @GetMapping("/orders/scopes")
  public String scopes(@RequestAttribute(TokenPrincipal.ATTRIBUTE) TokenPrincipal token) {
    return String.join(" ", token.scopes());
  }

  @PostMapping("/orders/approval")
  public String approve(HttpServletRequest request) {
    if (!request.isUserInRole("manager")) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN);
    }
    return "approved by " + request.getRemoteUser();
  }

  @GetMapping("/orders/report")
  public Callable<String> report(Principal caller) {
    return () -> "report for " + caller.getName();
  }
}
