/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * {@code DELETE /api/admin/orders} strikes out all orders. The filter has seen to it that only
 * tokens with the scope {@code orders:admin} get here.
 */
final class OrdersAdminServlet extends HttpServlet {

  private final transient OrderBook book;

  OrdersAdminServlet(OrderBook book) {
    this.book = book;
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Json.write(response, HttpServletResponse.SC_OK, Map.of("deleted", book.clear()));
  }
}
