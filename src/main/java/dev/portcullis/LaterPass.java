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
import java.util.EnumSet;
import java.util.Set;

/**
 * A request that was let in before comes by again: forward, include, asynchronous or error
 * dispatch. Safe for use by several threads.
 */
final class LaterPass {

  /** Dispatches by the container, with which a request ends if it does not begin anew. */
  private static final Set<DispatcherType> ENDS =
      EnumSet.of(DispatcherType.ASYNC, DispatcherType.ERROR);

  private final Judge judge;
  private final Refusals refusals;
  private final Passage passage;

  LaterPass(Judge judge, Refusals refusals, Passage passage) {
    this.judge = judge;
    this.refusals = refusals;
    this.passage = passage;
  }

  void pass(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (ENDS.contains(request.getDispatcherType())) {
      passRecorded(judgement, request, response, chain);
    } else {
      passAgain(judgement, request, response, chain);
    }
  }

  /** The entry may be written by now, or be due when the request has ended. */
  private void passRecorded(
      Judgement judgement,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    Recording recording = judgement.recording();
    recording.came();
    try {
      passAgain(judgement, request, response, chain);
    } catch (Throwable failure) {
      recording.threw(request, failure);
      throw failure;
    }
    recording.returned(request);
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
        refusals.overrule(judgement.recording(), rejected, request, response);
        return;
      }
    }
    passage.pass(judgement, request, response, chain);
  }
}
