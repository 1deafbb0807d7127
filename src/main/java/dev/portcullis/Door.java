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
import dev.portcullis.forwarding.Forwarding;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Takes servlet requests to the {@link ResourceServer} and does as it says: passes them on or
 * answers them. Knows how to wait and what the dispatches of a container mean; decides nothing
 * itself. Safe for use by several threads.
 */
final class Door {

  private final String attribute;
  private final RequestReader reader;
  private final ResourceServer server;
  private final RejectionWriter writer;
  private final RequestAudit audit;
  private final List<PublicDocument> documents;
  private final Faults faults = new Faults(System::nanoTime);
  private final Semaphore waiting;
  private final boolean refusesOverride;
  private final boolean hidesCredentials;
  private final boolean allowsPreflight;
  private final boolean exposesChallenge;

  Door(
      FilterConfig config,
      ResourceServer server,
      RejectionWriter writer,
      RequestAudit audit,
      List<PublicDocument> documents,
      FilterSettings settings) {
    this.attribute = Judgement.ATTRIBUTE + config.getFilterName();
    this.reader =
        new RequestReader(
            config.getServletContext().getContextPath(), new Forwarding(settings.forwarding()));
    this.server = server;
    this.writer = writer;
    this.audit = audit;
    this.documents = List.copyOf(documents);
    this.waiting = new Semaphore(settings.maxWaiting());
    this.refusesOverride = settings.refusesOverride();
    this.hidesCredentials = settings.hidesCredentials();
    this.allowsPreflight = settings.allowsPreflight();
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
    Optional<ResourceRequest> read = attempt(() -> reader.read(request));
    Optional<PublicDocument> document = read.flatMap(resource -> document(resource, request));
    if (document.isPresent()) {
      document.get().answer(request, response);
      return;
    }
    if (read.isPresent() && isExempt(read.get())) {
      chain.doFilter(request, response);
      return;
    }
    RequestClock clock = new RequestClock();
    ResourceRequest resource = read.orElse(RequestReader.UNREADABLE);
    Decision decision = read.isPresent() ? decide(resource, request, clock) : fault(Evidence.NONE);
    if (decision instanceof Granted granted) {
      Optional<AuditTrail.Reservation> room = audit.reserve();
      if (room.isPresent()) {
        Judgement judgement = new Judgement(this, resource, granted, clock, room.get());
        proceed(judgement, request, response, chain);
        return;
      }
      decision = unaudited(granted.evidence());
    }
    refuse((Rejected) decision, resource, clock, request, response);
  }

  /** Refuses, with an audit entry of its own. */
  private void refuse(
      Rejected rejected,
      ResourceRequest resource,
      RequestClock clock,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    boolean isDone = false;
    try {
      refuse(rejected, request, response);
      isDone = true;
    } finally {
      int status = RequestAudit.status(response, isDone);
      audit.recordRefusal(resource, rejected, clock, status);
    }
  }

  /** Only what a client asks for itself; what the application forwards is judged as ever. */
  private Optional<PublicDocument> document(ResourceRequest resource, HttpServletRequest request) {
    if (documents.isEmpty() || request.getDispatcherType() != DispatcherType.REQUEST) {
      return Optional.empty();
    }
    return documents.stream()
        .filter(document -> document.isAt(resource))
        .filter(document -> attempt(() -> server.isPlainlySpelt(resource)).orElse(false))
        .findFirst();
  }

  private boolean isExempt(ResourceRequest resource) {
    return attempt(() -> server.isExempt(resource)).orElse(false);
  }

  private Decision decide(
      ResourceRequest resource, HttpServletRequest request, RequestClock clock) {
    return attempt(
            () -> {
              if (refusesOverride && MethodOverride.isIn(resource, request)) {
                return server.refuseOverride(resource);
              }
              if (allowsPreflight && Preflight.isOne(resource, request)) {
                return server.admitPreflight(resource);
              }
              Answer answer = server.decide(resource, clock.exchangeId());
              return answer instanceof Pending pending ? await(pending) : (Decision) answer;
            })
        .orElseGet(() -> fault(Evidence.NONE));
  }

  /** What a step results in, or nothing if anything at all goes wrong: then the answer is 500. */
  private <T> Optional<T> attempt(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (RuntimeException | StackOverflowError fault) {
      faults.report(fault);
      return Optional.empty();
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
    boolean isDone = false;
    try {
      if (isDescribed(judgement, request)) {
        judgement.clock().passOn();
        HttpServletResponse open = expose(request, hand(judgement.granted(), response));
        chain.doFilter(authenticated(request, judgement), open);
      } else {
        overrule(judgement, fault(judgement.granted().evidence()), request, response);
      }
      isDone = true;
    } finally {
      audit.recordAtEnd(judgement, request, response, isDone);
    }
  }

  /** Leaves with the request what was decided about it. False if anything at all goes wrong. */
  private boolean isDescribed(Judgement judgement, HttpServletRequest request) {
    try {
      describe(judgement, request);
      return true;
    } catch (RuntimeException | StackOverflowError fault) {
      faults.report(fault);
      return false;
    }
  }

  private static void describe(Judgement judgement, HttpServletRequest request) {
    judgement.attachTo(request);
    request.setAttribute(ResourceServerFilter.EXCHANGE_ID, judgement.clock().exchangeId());
    Optional<Identity> identity = judgement.granted().identity();
    if (identity.isPresent()) {
      request.setAttribute(TokenPrincipal.ATTRIBUTE, identity.get().principal());
    } else {
      request.removeAttribute(TokenPrincipal.ATTRIBUTE);
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
      Decision decision =
          attempt(() -> server.reconsider(judgement.granted(), reader.read(request)))
              .orElseGet(() -> fault(judgement.granted().evidence()));
      if (decision instanceof Rejected rejected) {
        overrule(judgement, rejected, request, response);
        return;
      }
    }
    chain.doFilter(authenticated(request, judgement), expose(request, response));
  }

  /**
   * The entry of a page that is not protected ends with its first include: then there is one more.
   */
  private void overrule(
      Judgement judgement,
      Rejected rejected,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    if (judgement.overrule(rejected)) {
      refuse(rejected, request, response);
    } else {
      refuse(rejected, judgement.request(), judgement.clock(), request, response);
    }
  }

  private void refuse(Rejected rejected, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (response.isCommitted() || request.getDispatcherType() == DispatcherType.INCLUDE) {
      throw new ServletException("The request may not reach this resource.");
    }
    writer.write(rejected, request, expose(request, response));
  }

  private HttpServletRequest authenticated(HttpServletRequest request, Judgement judgement) {
    boolean isHidden = hidesCredentials && judgement.granted().identity().isPresent();
    return new AuthenticatedRequest(
        isHidden ? new CredentialFreeRequest(request) : request, judgement);
  }

  /** The response, if need be one that hands the client its next nonce. */
  private static HttpServletResponse hand(Granted granted, HttpServletResponse response) {
    Optional<String> nonce = granted.nextNonce();
    return nonce.isPresent() ? new NonceResponse(response, nonce.get()) : response;
  }

  /** The response, if need be one that scripts of other origins can read challenges of. */
  private HttpServletResponse expose(HttpServletRequest request, HttpServletResponse response) {
    return exposesChallenge && request.getHeader("Origin") != null
        ? new ExposingResponse(response)
        : response;
  }

  private static Rejected fault(Evidence evidence) {
    return Rejected.unavailable(Reason.INTERNAL_ERROR, Duration.ZERO, "", evidence);
  }

  private static Rejected unaudited(Evidence evidence) {
    return Rejected.unavailable(
        Reason.AUDIT_UNAVAILABLE, Duration.ofSeconds(1), "audit.on-failure", evidence);
  }
}
