/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import dev.portcullis.api.TokenPrincipal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.Principal;

/** Who calls, by what CDI injects. */
@Path("/caller")
@Produces(MediaType.TEXT_PLAIN)
@RequestScoped
public class CallerResource {

  @Inject Principal principal;
  @Inject HttpServletRequest request;

  @GET
  @Path("/principal")
  public String principal() {
    return String.valueOf(principal.getName());
  }

  @GET
  @Path("/attribute")
  public String attribute() {
    return ((TokenPrincipal) request.getAttribute(TokenPrincipal.ATTRIBUTE)).getName();
  }
}
