/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.access.Rejected;
import dev.portcullis.api.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts decisions by outcome. Safe for use by several threads. */
final class DecisionCounters {

  private final LongAdder allowed = new LongAdder();
  private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);

  DecisionCounters() {
    for (Reason reason : Reason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  void count(Decision decision) {
    (decision instanceof Rejected rejected ? counter(rejected.reason()) : allowed).increment();
  }

  Map<String, Long> snapshot() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("allowed", allowed.sum());
    refused.forEach((reason, counter) -> counts.put(reason.code(), counter.sum()));
    return counts;
  }

  private LongAdder counter(Reason reason) {
    return Objects.requireNonNull(refused.get(reason));
  }
}
