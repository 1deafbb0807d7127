/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Decision;
import dev.portcullis.access.Rejected;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A request that was let in before comes by again: forward, include, asynchronous or error
 * dispatch. Safe for use by several threads.
 */
final class LaterPass {

  private final Judge judge;
  private final Refusals refusals;
  private final Passage passage;
  private final RequestAudit audit;

  LaterPass(Judge judge, Refusals refusals, Passage passage, RequestAudit audit) {
    this.judge = judge;
    this.refusals = refusals;
    this.passage = passage;
    this.audit = audit;
  }

  void pass(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      passRecorded(judgement, request, response, chain);
    } else {
      passAgain(judgement, request, response, chain);
    }
  }

  /** With an asynchronous dispatch the request ends, unless it begins to be asynchronous anew. */
  private void passRecorded(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      passAgain(judgement, request, response, chain);
    } catch (Throwable failure) {
      audit.recordFailure(judgement, request, response, failure);
      throw failure;
    }
    audit.recordUnlessAsync(judgement, request, response);
  }

  private void passAgain(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      Decision decision = judge.reconsider(judgement.granted(), request);
      if (decision instanceof Rejected rejected) {
        refusals.overrule(judgement, rejected, request, response);
        return;
      }
    }
    passage.pass(judgement, request, response, chain);
  }
}
