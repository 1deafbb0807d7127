/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.api.AuditEvent;
import dev.portcullis.audit.AuditTrail;
import dev.portcullis.audit.RequestEntries;
import dev.portcullis.audit.RequestEntries.Course;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;

/**
 * Counts and records requests: at once those that were refused, at their end those that were passed
 * on, of which {@link Recording} takes care. Safe for use by several threads.
 */
final class RequestAudit {

  private final AuditTrail trail;
  private final RequestEntries entries;
  private final boolean isOn;
  private final DecisionCounters counters;
  private final InstantSource clock;

  RequestAudit(
      AuditTrail trail,
      RequestEntries entries,
      boolean recordsRequests,
      DecisionCounters counters,
      InstantSource clock) {
    this.trail = trail;
    this.entries = entries;
    this.isOn = recordsRequests && trail.isOn();
    this.counters = counters;
    this.clock = clock;
  }

  /** Whether a request may be passed on, as far as its entry is concerned. */
  boolean admits() {
    return trail.admits();
  }

  /** Records a request that was answered without being passed on. */
  void recordRefusal(ResourceRequest request, Decision decision, RequestClock time, int status) {
    counters.count(decision);
    if (isOn) {
      trail.record(entry(request, decision, time, status));
    }
  }

  /** Records a request that was passed on, and is over. */
  void recordPassed(ResourceRequest request, Decision decision, RequestClock time, int status) {
    counters.count(decision);
    if (isOn) {
      trail.recordPassed(entry(request, decision, time, status));
    }
  }

  /** The status that the client sees: 500 where something was thrown before the response began. */
  static int status(HttpServletResponse response, boolean isDone) {
    return isDone || response.isCommitted()
        ? response.getStatus()
        : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
  }

  private AuditEvent entry(
      ResourceRequest request, Decision decision, RequestClock time, int status) {
    return entries.entry(
        new Course(
            time.exchangeId(),
            request,
            decision,
            status,
            time.sinceArrival(),
            time.sincePassedOn()),
        clock.instant());
  }
}
