/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import java.util.concurrent.atomic.AtomicInteger;

/** The places of a queue, counted down; below zero there are more taken than there are. */
final class Places {

  private final int size;
  private final AtomicInteger free;

  Places(int size) {
    this.size = size;
    this.free = new AtomicInteger(size);
  }

  boolean isAnyFree() {
    return free.get() > 0;
  }

  boolean areHalfTaken() {
    return free.get() <= size / 2;
  }

  /** Takes a place unless there is none. */
  boolean take() {
    for (int places = free.get(); places > 0; places = free.get()) {
      if (free.compareAndSet(places, places - 1)) {
        return true;
      }
    }
    return false;
  }

  /** Takes a place whether there is one or not. */
  void takeOneMore() {
    free.decrementAndGet();
  }

  void giveBack() {
    free.incrementAndGet();
  }
}
