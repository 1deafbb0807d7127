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
 * dispatches. Nobody else can make one, so nobody can forge it; whatever else an application puts
 * in its place counts for nothing. The audit entry of the request is written from it, once.
 */
final class Judgement {

  /** What the names of all request attributes begin with in which judgements are kept. */
  static final String ATTRIBUTE = "dev.portcullis.judgement.";

  private final Door door;
  private final ResourceRequest request;
  private final Granted granted;
  private final RequestClock clock;
  private final AuditTrail.Reservation room;
  private final AtomicBoolean isRecorded = new AtomicBoolean();
  private volatile Decision last;

  Judgement(
      Door door,
      ResourceRequest request,
      Granted granted,
      RequestClock clock,
      AuditTrail.Reservation room) {
    this.door = door;
    this.request = request;
    this.granted = granted;
    this.clock = clock;
    this.room = room;
    this.last = granted;
  }

  /** What that door decided about the request before, if it let it pass. */
  static Optional<Judgement> of(HttpServletRequest request, Door door) {
    return request.getAttribute(door.attribute()) instanceof Judgement judgement
            && judgement.door == door
        ? Optional.of(judgement)
        : Optional.empty();
  }

  /** Whether a request attribute of that name is where a judgement is kept. */
  static boolean isKeptAs(String name) {
    return name.startsWith(ATTRIBUTE);
  }

  void attachTo(HttpServletRequest servletRequest) {
    servletRequest.setAttribute(door.attribute(), this);
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

  /** A forward, include or dispatch was refused: that is what the audit entry is to tell. */
  void overrule(Rejected rejected) {
    last = rejected;
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
