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
 * {@code GET /api/orders} lists the orders, {@code POST /api/orders} places one (form fields {@code
 * item} and {@code quantity}). Which scope each needs is said in {@code portcullis.properties}.
 */
final class OrdersServlet extends HttpServlet {

  private static final int MAX_ITEM_LENGTH = 80;
  private static final int MAX_QUANTITY = 1000;

  private final transient OrderBook book;

  OrdersServlet(OrderBook book) {
    this.book = book;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Json.write(
        response,
        HttpServletResponse.SC_OK,
        Map.of("orders", book.all().stream().map(Order::toJson).toList()));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String item = request.getParameter("item");
    int quantity = parseQuantity(request.getParameter("quantity"));
    if (item == null || item.isBlank() || item.length() > MAX_ITEM_LENGTH || quantity < 1) {
      Json.write(
          response,
          HttpServletResponse.SC_BAD_REQUEST,
          Map.of("error", "item and quantity, please: up to 80 characters, 1 to 1000"));
      return;
    }
    Order order = book.place(item.strip(), quantity, request.getUserPrincipal().getName());
    Json.write(response, HttpServletResponse.SC_CREATED, order.toJson());
  }

  /** The quantity, 1 when none is given, 0 when it is no number from 1 to 1000. */
  private static int parseQuantity(String text) {
    if (text == null) {
      return 1;
    }
    try {
      int quantity = Integer.parseInt(text);
      return quantity <= MAX_QUANTITY ? quantity : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
