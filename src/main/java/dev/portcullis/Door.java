/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Answer;
import dev.portcullis.access.Decision;
import dev.portcullis.access.Evidence;
import dev.portcullis.access.Granted;
import dev.portcullis.access.Identity;
import dev.portcullis.access.Pending;
import dev.portcullis.access.Rejected;
import dev.portcullis.access.ResourceServer;
import dev.portcullis.api.Reason;
import dev.portcullis.api.TokenPrincipal;
import dev.portcullis.audit.AuditTrail;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Takes servlet requests to the {@link ResourceServer} and does as it says: passes them on or
 * answers them. Knows how to wait and what the dispatches of a container mean; decides nothing
 * itself. Safe for use by several threads.
 */
final class Door {

  private static final System.Logger LOG = System.getLogger(Door.class.getName());

  private final String attribute;
  private final ResourceServer server;
  private final RejectionWriter writer;
  private final RequestAudit audit;
  private final Semaphore waiting;
  private final boolean exposesChallenge;

  Door(
      String name,
      ResourceServer server,
      RejectionWriter writer,
      RequestAudit audit,
      FilterSettings settings) {
    this.attribute = "dev.portcullis.judgement." + name;
    this.server = server;
    this.writer = writer;
    this.audit = audit;
    this.waiting = new Semaphore(settings.maxWaiting());
    this.exposesChallenge = settings.exposesChallenge();
  }

  /** Name of the request attribute in which {@link Judgement}s of this door are kept. */
  String attribute() {
    return attribute;
  }

  void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Judgement> judgement = Judgement.of(request, this);
    if (judgement.isPresent()) {
      passAgain(judgement.get(), request, response, chain);
    } else if (request.getDispatcherType() == DispatcherType.ERROR) {
      chain.doFilter(request, response); // the page for an error outside of what is protected
    } else {
      passFirst(request, response, chain);
    }
  }

  private void passFirst(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ResourceRequest resource = RequestReader.read(request);
    if (server.isExempt(resource)) {
      chain.doFilter(request, response);
      return;
    }
    RequestClock clock = new RequestClock();
    Decision decision = decide(resource, clock);
    if (decision instanceof Granted granted) {
      Optional<AuditTrail.Reservation> room = audit.reserve();
      if (room.isPresent()) {
        Judgement judgement = new Judgement(this, resource, granted, clock, room.get());
        proceed(judgement, request, response, chain);
        return;
      }
      decision = unaudited(granted.evidence());
    }
    refuse((Rejected) decision, request, response);
    audit.recordRefusal(resource, decision, clock, response.getStatus());
  }

  private Decision decide(ResourceRequest resource, RequestClock clock) {
    try {
      Answer answer = server.decide(resource, clock.exchangeId());
      return answer instanceof Pending pending ? await(pending) : (Decision) answer;
    } catch (RuntimeException | StackOverflowError fault) {
      report(fault);
      return Rejected.unavailable(Reason.INTERNAL_ERROR, Duration.ZERO, "", Evidence.NONE);
    }
  }

  private Decision await(Pending pending) {
    if (!waiting.tryAcquire()) {
      return pending.giveUp();
    }
    try {
      return pending.await();
    } finally {
      waiting.release();
    }
  }

  private void proceed(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Optional<Identity> identity = judgement.granted().identity();
    boolean isDone = false;
    try {
      judgement.attachTo(request);
      request.setAttribute(ResourceServerFilter.EXCHANGE_ID, judgement.clock().exchangeId());
      identity.ifPresent(who -> request.setAttribute(TokenPrincipal.ATTRIBUTE, who.principal()));
      expose(request, response);
      judgement.clock().passOn();
      chain.doFilter(new AuthenticatedRequest(request, identity), response);
      isDone = true;
    } finally {
      audit.recordAtEnd(judgement, request, response, isDone);
    }
  }

  /**
   * A request that was let in before comes by again: forward, include, asynchronous or error
   * dispatch.
   */
  private void passAgain(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      Decision decision = server.reconsider(judgement.granted(), RequestReader.read(request));
      if (decision instanceof Rejected rejected) {
        judgement.overrule(rejected);
        refuse(rejected, request, response);
        return;
      }
    }
    chain.doFilter(new AuthenticatedRequest(request, judgement.granted().identity()), response);
  }

  private void refuse(Rejected rejected, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (response.isCommitted() || request.getDispatcherType() == DispatcherType.INCLUDE) {
      throw new ServletException("The request may not reach this resource.");
    }
    expose(request, response);
    writer.write(rejected, request, response);
  }

  private void expose(HttpServletRequest request, HttpServletResponse response) {
    if (exposesChallenge && request.getHeader("Origin") != null) {
      ExposedHeaders.addTo(response);
    }
  }

  private static Rejected unaudited(Evidence evidence) {
    return Rejected.unavailable(
        Reason.AUDIT_UNAVAILABLE, Duration.ofSeconds(1), "audit.on-failure", evidence);
  }

  /**
   * Names the place and never the message of a fault, which could repeat what a request contained.
   */
  private static void report(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    LOG.log(
        System.Logger.Level.ERROR,
        "A request was refused because of a fault in the filter: {0} at {1}",
        fault.getClass().getName(),
        trace.length == 0 ? "an unknown place" : trace[0]);
  }
}
