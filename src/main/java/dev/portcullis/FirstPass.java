/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.access.Evidence;
import dev.portcullis.access.Granted;
import dev.portcullis.access.Rejected;
import dev.portcullis.api.Reason;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request that the filter has not seen before is shown a public document, or left alone, or
 * judged: then it is passed on or refused. Safe for use by several threads.
 */
final class FirstPass {

  private final Seal seal;
  private final Judge judge;
  private final List<PublicDocument> documents;
  private final Refusals refusals;
  private final Passage passage;
  private final RequestAudit audit;

  FirstPass(
      Seal seal,
      Judge judge,
      List<PublicDocument> documents,
      Refusals refusals,
      Passage passage,
      RequestAudit audit) {
    this.seal = seal;
    this.judge = judge;
    this.documents = List.copyOf(documents);
    this.refusals = refusals;
    this.passage = passage;
    this.audit = audit;
  }

  void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<ResourceRequest> read = judge.read(request);
    Optional<PublicDocument> document = read.flatMap(resource -> document(resource, request));
    if (document.isPresent()) {
      document.get().answer(request, response);
    } else if (read.isPresent() && judge.isExempt(read.get())) {
      chain.doFilter(request, response);
    } else {
      passJudged(read, request, response, chain);
    }
  }

  /** Only what a client asks for itself; what the application forwards is judged as ever. */
  private Optional<PublicDocument> document(ResourceRequest resource, HttpServletRequest request) {
    if (documents.isEmpty() || request.getDispatcherType() != DispatcherType.REQUEST) {
      return Optional.empty();
    }
    return documents.stream()
        .filter(document -> document.isAt(resource) && judge.isPlainlySpelt(resource))
        .findFirst();
  }

  private void passJudged(
      Optional<ResourceRequest> read,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    RequestClock clock = new RequestClock();
    ResourceRequest resource = read.orElse(RequestReader.UNREADABLE);
    Decision decision =
        read.isPresent() ? judge.decide(resource, request, clock) : Judge.fault(Evidence.NONE);
    if (decision instanceof Granted granted) {
      if (audit.admits()) {
        Recording recording = new Recording(audit, resource, granted, clock, response);
        proceed(new Judgement(seal, granted, recording), request, response, chain);
        return;
      }
      decision = unaudited(granted.evidence());
    }
    refusals.refuse((Rejected) decision, resource, clock, request, response);
  }

  private void proceed(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Recording recording = judgement.recording();
    try {
      if (judge.isDone(() -> Passage.describe(judgement, request))) {
        recording.clock().passOn();
        passage.pass(judgement, request, response, chain);
      } else {
        Rejected fault = Judge.fault(judgement.granted().evidence());
        refusals.overrule(recording, fault, request, response);
      }
    } catch (Throwable failure) {
      recording.threw(request, failure);
      throw failure;
    }
    recording.returned(request);
  }

  private static Rejected unaudited(Evidence evidence) {
    return Rejected.unavailable(
        Reason.AUDIT_UNAVAILABLE, Duration.ofSeconds(1), "audit.on-failure", evidence);
  }
}
