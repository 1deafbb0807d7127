/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest orders, in memory. Thread-safe. */
final class OrderBook {

  private static final int CAPACITY = 100;

  private final Deque<Order> orders = new ArrayDeque<>();
  private long lastNumber;

  OrderBook() {
    place("Portcullis, oak, iron-shod", 1, "the castle");
    place("Chain, 40 ft", 2, "the castle");
  }

  synchronized Order place(String item, int quantity, String placedBy) {
    Order order = new Order(++lastNumber, item, quantity, placedBy);
    if (orders.size() == CAPACITY) {
      orders.removeFirst();
    }
    orders.addLast(order);
    return order;
  }

  synchronized List<Order> all() {
    return List.copyOf(orders);
  }

  /** Strikes out all orders and says how many there were. */
  synchronized int clear() {
    int count = orders.size();
    orders.clear();
    return count;
  }
}
