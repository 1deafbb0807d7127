/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import dev.portcullis.api.TokenPrincipal;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@Path("/orders")
@Produces(MediaType.TEXT_PLAIN)
public class OrdersResource {

  @GET
  public String orders(@Context SecurityContext caller) {
    return "orders of " + caller.getUserPrincipal().getName();
  }

  @GET
  @Path("/tenant")
  public String tenant(@Context HttpServletRequest request) {
    TokenPrincipal token = (TokenPrincipal) request.getAttribute(TokenPrincipal.ATTRIBUTE);
    return String.join(", ", token.attributes().getOrDefault("tenant", List.of()));
  }

  @POST
  @Path("/approval")
  @RolesAllowed("manager")
  public String approve(@Context SecurityContext caller) {
    return "approved by " + caller.getUserPrincipal().getName();
  }

  @POST
  @Path("/return")
  public String takeBack(@Context SecurityContext caller) {
    if (!caller.isUserInRole("clerk")) {
      throw new ForbiddenException();
    }
    return "taken back by " + caller.getUserPrincipal().getName();
  }

  @GET
  @Path("/report")
  public void report(@Context SecurityContext caller, @Suspended AsyncResponse response) {
    String name = caller.getUserPrincipal().getName();
    CompletableFuture.runAsync(() -> response.resume("report for " + name));
  }
}
