/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Rejected;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers requests in the place of the application. Safe for use by several threads. */
final class Refusals {

  private final RejectionWriter writer;
  private final RequestAudit audit;
  private final boolean exposesChallenge;

  Refusals(RejectionWriter writer, RequestAudit audit, boolean exposesChallenge) {
    this.writer = writer;
    this.audit = audit;
    this.exposesChallenge = exposesChallenge;
  }

  /** Refuses, with an audit entry of its own. */
  void refuse(
      Rejected rejected,
      ResourceRequest resource,
      RequestClock clock,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    boolean isDone = false;
    try {
      write(rejected, request, response);
      isDone = true;
    } finally {
      audit.recordRefusal(resource, rejected, clock, RequestAudit.status(response, isDone));
    }
  }

  /**
   * Refuses what was let in before. The entry of a page that is not protected ends with its first
   * include: then there is one more.
   */
  void overrule(
      Recording recording,
      Rejected rejected,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    if (recording.overrule(rejected)) {
      write(rejected, request, response);
    } else {
      refuse(rejected, recording.resource(), recording.clock(), request, response);
    }
  }

  private void write(Rejected rejected, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (response.isCommitted() || request.getDispatcherType() == DispatcherType.INCLUDE) {
      throw refusedDispatch();
    }
    writer.write(
        rejected,
        request,
        exposesChallenge ? ExposingResponse.around(response, request) : response);
  }

  /**
   * Without a stack trace, since containers log what they catch, and a caller without a token may
   * bring this about as often as it likes.
   */
  private static ServletException refusedDispatch() {
    ServletException refusal = new ServletException("The request may not reach this resource.");
    refusal.setStackTrace(new StackTraceElement[0]);
    return refusal;
  }
}
