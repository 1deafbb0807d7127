/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.access.Granted;
import dev.portcullis.access.Rejected;
import dev.portcullis.audit.AuditTrail;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * That a filter let a request pass, kept with the request over forwards, includes and asynchronous
 * dispatches. Nobody else can make one, so nobody can forge it; and it counts for the request it
 * was made for only, since an application can get hold of it and put it into another one. Whatever
 * else is put in its place counts for nothing. The audit entry of the request is written from it,
 * once.
 */
final class Judgement {

  private final Seal seal;
  private final ResourceRequest request;
  private final Granted granted;
  private final RequestClock clock;
  private final AuditTrail.Reservation room;
  private final AtomicBoolean isRecorded = new AtomicBoolean();
  private volatile String requestId = "";
  private volatile Decision last;

  Judgement(
      Seal seal,
      ResourceRequest request,
      Granted granted,
      RequestClock clock,
      AuditTrail.Reservation room) {
    this.seal = seal;
    this.request = request;
    this.granted = granted;
    this.clock = clock;
    this.room = room;
    this.last = granted;
  }

  /** What the filter with that seal decided about the request before, if it let it pass. */
  static Optional<Judgement> of(HttpServletRequest request, Seal seal) {
    return request.getAttribute(seal.attribute()) instanceof Judgement judgement
            && judgement.seal == seal
            && judgement.requestId.equals(request.getRequestId())
        ? Optional.of(judgement)
        : Optional.empty();
  }

  void attachTo(HttpServletRequest servletRequest) {
    requestId = servletRequest.getRequestId();
    servletRequest.setAttribute(seal.attribute(), this);
  }

  ResourceRequest request() {
    return request;
  }

  Granted granted() {
    return granted;
  }

  RequestClock clock() {
    return clock;
  }

  AuditTrail.Reservation room() {
    return room;
  }

  /**
   * A forward, include or dispatch was refused: that is what the audit entry is to tell. Returns
   * whether it still can.
   */
  boolean overrule(Rejected rejected) {
    last = rejected;
    return !isRecorded.get();
  }

  /** What was decided last. */
  Decision last() {
    return last;
  }

  /** True for the first caller only. */
  boolean claimRecording() {
    return isRecorded.compareAndSet(false, true);
  }
}
