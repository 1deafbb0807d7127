/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import java.util.List;

/**
 * What a request led to.
 *
 * @param status status code
 * @param challenges each challenge: its scheme and what it says is wrong or needed
 * @param entries reason and status of each audit entry, {@code allowed} for one that passed
 * @param isReached whether the protected servlet was called
 */
record DecisionOutcome(
    int status, List<String> challenges, List<String> entries, boolean isReached) {

  DecisionOutcome {
    challenges = List.copyOf(challenges);
    entries = List.copyOf(entries);
  }

  /** Refused for a reason. */
  static DecisionOutcome refused(int status, String reason, List<String> challenges) {
    return new DecisionOutcome(status, challenges, List.of(reason + " " + status), false);
  }

  /** Let in, and recorded. */
  static DecisionOutcome allowed() {
    return new DecisionOutcome(200, List.of(), List.of("allowed 200"), true);
  }

  /** Let in where nothing is protected. */
  static DecisionOutcome unprotected() {
    return new DecisionOutcome(200, List.of(), List.of(), true);
  }
}
