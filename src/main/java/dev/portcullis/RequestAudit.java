/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.audit.AuditTrail;
import dev.portcullis.audit.RequestEntries;
import dev.portcullis.audit.RequestEntries.Course;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sees to it that each request has one audit entry, when its response is complete: after an
 * asynchronous request has ended too, and also when the application throws. Safe for use by several
 * threads.
 */
final class RequestAudit {

  private static final int FAILED = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;

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

  /** Room for the entry of a request, or nothing if the request must not be passed on. */
  Optional<AuditTrail.Reservation> reserve() {
    return trail.reserve();
  }

  /** Records a request that was answered without being passed on. */
  void recordRefusal(ResourceRequest request, Decision decision, RequestClock time, int status) {
    counters.count(decision);
    if (isOn) {
      Course course = course(request, decision, time, status);
      trail.record(entries.entry(course, clock.instant()));
    }
  }

  /** Records a request that was passed on: now, or when it completes if it is asynchronous. */
  void recordAtEnd(Judgement judgement, HttpServletRequest request, HttpServletResponse response) {
    if (request.isAsyncStarted()) {
      request.getAsyncContext().addListener(new AtCompletion(judgement, response));
    } else {
      record(judgement, response.getStatus());
    }
  }

  /** Records a request that was dispatched, unless its listener will. */
  void recordUnlessAsync(
      Judgement judgement, HttpServletRequest request, HttpServletResponse response) {
    if (!request.isAsyncStarted()) {
      record(judgement, response.getStatus());
    }
  }

  /**
   * Records at once a request of which the rest of the chain threw something. Containers differ in
   * what they tell the listeners of one that is asynchronous, if anything.
   */
  void recordFailure(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      Throwable failure) {
    boolean isBroken = failure instanceof IOException || request.isAsyncStarted();
    record(
        judgement,
        isBroken && response.isCommitted() ? brokenStatus(response) : status(response, false));
  }

  /** The status that the client sees: 500 where something was thrown before the response began. */
  static int status(HttpServletResponse response, boolean isDone) {
    return isDone || response.isCommitted() ? response.getStatus() : FAILED;
  }

  /** Of a response that broke off: that it began well does not tell how it ended. */
  private static int brokenStatus(HttpServletResponse response) {
    return response.getStatus() < 400 ? FAILED : response.getStatus();
  }

  private void record(Judgement judgement, int status) {
    if (!judgement.claimRecording()) {
      return;
    }
    counters.count(judgement.last());
    if (isOn) {
      Course course = course(judgement.request(), judgement.last(), judgement.clock(), status);
      judgement.room().record(entries.entry(course, clock.instant()));
    } else {
      judgement.room().release();
    }
  }

  private static Course course(
      ResourceRequest request, Decision decision, RequestClock time, int status) {
    return new Course(
        time.exchangeId(), request, decision, status, time.sinceArrival(), time.sincePassedOn());
  }

  /** Waits for the end of an asynchronous request, over all the dispatches it may take. */
  private final class AtCompletion implements AsyncListener {

    private final Judgement judgement;
    private final HttpServletResponse response;

    AtCompletion(Judgement judgement, HttpServletResponse response) {
      this.judgement = judgement;
      this.response = response;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      record(judgement, response.getStatus());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }

    @Override
    public void onTimeout(AsyncEvent event) {} // the container completes the request

    /** Some containers say this and nothing more. */
    @Override
    public void onError(AsyncEvent event) {
      record(judgement, brokenStatus(response));
    }
  }
}
