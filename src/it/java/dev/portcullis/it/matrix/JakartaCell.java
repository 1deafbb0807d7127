/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.frameworks.Callers;
import dev.portcullis.it.frameworks.OrdersContract;
import dev.portcullis.testing.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server that brings Jakarta REST, CDI and Jakarta Pages, with all checks and those of these. */
abstract class JakartaCell extends ContainerCell implements OrdersContract {

  private static final String NAME = "orders";

  private Callers callers;

  @BeforeAll
  final void deployOrders() throws Exception {
    callers = Callers.known();
    assertTrue(
        container().deploy(JakartaApplication.war(NAME + ".war", callers)), container()::log);
  }

  @AfterAll
  final void stopCallers() throws IOException {
    callers.close();
  }

  @Override
  public final int port() {
    return container().port();
  }

  @Override
  public final String base() {
    return "/" + NAME + "/api";
  }

  @Test
  @DisplayName("Finding 7: who holds the role passes @RolesAllowed, and nobody without a token")
  final void finding7_rolesAllowed_asksTheToken() throws IOException {
    assertAnswer("approved by alice", send("POST", "/orders/approval", Callers.MANAGER));
    assertEquals(403, send("POST", "/orders/approval", Callers.CLERK).status());
    assertEquals(401, RawHttp.request(port(), "POST", base() + "/orders/approval").status());
  }

  @Test
  @DisplayName("Finding 7: @Inject Principal is who the token says")
  final void finding7_injectedPrincipal_isThatOfTheToken() throws IOException {
    assertAnswer("bob", send("GET", "/caller/principal", Callers.CLERK));
  }

  @Test
  @DisplayName("Finding 7: the attribute of an injected request is, in every server")
  final void finding7_attributeOfInjectedRequest_isThatOfTheToken() throws IOException {
    assertAnswer("bob", send("GET", "/caller/attribute", Callers.CLERK));
  }

  @Test
  @DisplayName("A page sees who calls, and is not made without a token")
  final void page_isForTheCaller() throws IOException {
    String page = "/" + NAME + "/page.jsp";

    assertEquals(
        "page for bob",
        RawHttp.get(port(), page, "Authorization: Bearer " + Callers.CLERK).body().strip());
    assertEquals(401, RawHttp.get(port(), page).status());
    assertEquals("", RawHttp.get(port(), page).body());
  }
}
