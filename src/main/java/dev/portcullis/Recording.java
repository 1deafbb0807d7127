/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.access.Rejected;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one audit entry of a request that was passed on, whichever way it ends. Containers differ in
 * what they tell of an end, and some tell nothing; so whoever sees one says so here, and the first
 * is recorded. Safe for use by several threads.
 */
final class Recording implements AsyncListener {

  private static final int FAILED = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;

  private final RequestAudit audit;
  private final ResourceRequest resource;
  private final RequestClock clock;
  private final HttpServletResponse response;
  private final AtomicBoolean isDone = new AtomicBoolean();
  private volatile Decision decision;
  private volatile boolean isListening;
  private volatile boolean isAway;
  private volatile boolean isBroken;
  private volatile boolean isCompleted;

  Recording(
      RequestAudit audit,
      ResourceRequest resource,
      Decision decision,
      RequestClock clock,
      HttpServletResponse response) {
    this.audit = audit;
    this.resource = resource;
    this.decision = decision;
    this.clock = clock;
    this.response = response;
  }

  ResourceRequest resource() {
    return resource;
  }

  RequestClock clock() {
    return clock;
  }

  /**
   * A forward, include or dispatch was refused: that is what the entry is to tell. Returns whether
   * it still can.
   */
  boolean overrule(Rejected rejected) {
    decision = rejected;
    return !isDone.get();
  }

  /** An asynchronous request comes by again. */
  void came() {
    isAway = false;
  }

  /** The chain returned. The request has ended, unless it is asynchronous. */
  void returned(HttpServletRequest request) {
    if (!request.isAsyncStarted()) {
      ended();
      return;
    }
    listen(request);
    isAway = true;
    if (isBroken || isCompleted) {
      ended();
    }
  }

  private void listen(HttpServletRequest request) {
    if (!isListening) {
      request.getAsyncContext().addListener(this);
      isListening = true;
    }
  }

  /** The chain threw something. That ends an asynchronous request, too. */
  void threw(HttpServletRequest request, Throwable failure) {
    if (request.isAsyncStarted()) {
      listen(request); // although it has nothing to tell: Jetty may forget the error otherwise
    }
    isBroken |= failure instanceof IOException || isListening;
    if (!isDone.getAndSet(true)) {
      write(response.isCommitted() ? status() : FAILED);
    }
  }

  /**
   * The response cannot be completed as it began, mostly since the client is gone. Some containers
   * tell a listener, others nobody but the one who writes.
   */
  void broke() {
    isBroken = true;
    if (isAway) {
      ended();
    }
  }

  /** A listener is told so: what it still does may set the status, but makes no success of it. */
  void breaks(Runnable listener) {
    isBroken = true;
    try {
      listener.run();
    } finally {
      broke();
    }
  }

  /** The application ends an asynchronous request; what it throws meanwhile counts more. */
  void complete(AsyncContext async) {
    isCompleted = true;
    if (!isAway) {
      async.complete();
      return;
    }
    int status = status(); // now, as the response is not for us once it is complete
    async.complete();
    if (!isDone.getAndSet(true)) {
      write(status);
    }
  }

  private void ended() {
    if (!isDone.getAndSet(true)) {
      write(status());
    }
  }

  private void write(int status) {
    audit.recordPassed(resource, decision, clock, status);
  }

  /** Of a response that broke off, that it began well does not tell how it ended. */
  private int status() {
    int status = response.getStatus();
    return isBroken && status < 400 ? FAILED : status;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    ended();
  }

  @Override
  public void onError(AsyncEvent event) {
    isBroken = true;
    ended();
  }

  @Override
  public void onTimeout(AsyncEvent event) {} // the container or the application ends it

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
