/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What happens when a target does not answer.
 *
 * @param strategy which target is asked first
 * @param maxRetries further attempts on one target
 * @param retryDelay between two attempts on one target
 * @param failedRetryTimeout how long a failed target is left alone; zero for not at all
 * @param failureStatusCodes which answers count as none
 * @param maxBackOff how long a target that asks for rest (429) is left alone at most
 */
public record FailoverSettings(
    Strategy strategy,
    int maxRetries,
    Duration retryDelay,
    Duration failedRetryTimeout,
    Set<Integer> failureStatusCodes,
    Duration maxBackOff) {

  private static final String STATUS_CODES = "failover.failure-status-codes";
  private static final int LOWEST = 400;
  private static final int HIGHEST = 599;

  /** Which target is asked first. */
  public enum Strategy {
    /** The first listed. */
    FIRST_AVAILABLE,
    /** One further each time. */
    ROUND_ROBIN
  }

  /** Copies the set. */
  public FailoverSettings {
    failureStatusCodes = Set.copyOf(failureStatusCodes);
  }

  static FailoverSettings read(ConfigReader reader) {
    return new FailoverSettings(
        reader.choice("failover.strategy", Strategy.FIRST_AVAILABLE),
        reader.integer("failover.max-retries", 2, 0, 10),
        reader.millis("failover.retry-delay", 250, 0, 10_000),
        reader.seconds("failover.failed-retry-timeout", 60, 0, 3600),
        statusCodes(reader),
        reader.seconds("failover.max-back-off", 60, 0, 3600));
  }

  private static Set<Integer> statusCodes(ConfigReader reader) {
    List<String> items = reader.list(STATUS_CODES, List.of("502", "503", "504"));
    return items.stream().map(item -> statusCode(reader, item)).collect(Collectors.toSet());
  }

  private static int statusCode(ConfigReader reader, String item) {
    if (!item.matches("-?[0-9]{1,9}")) {
      reader.problem(STATUS_CODES, "'" + item + "' must be a whole number.");
      return HIGHEST;
    }
    int code = Integer.parseInt(item);
    if (code < LOWEST || code > HIGHEST) {
      reader.problem(STATUS_CODES, "'" + item + "' must be between 400 and 599.");
    }
    return code;
  }
}
