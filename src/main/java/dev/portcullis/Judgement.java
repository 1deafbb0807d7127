/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Granted;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * That a filter let a request pass, kept with the request over forwards, includes and asynchronous
 * dispatches. Nobody else can make one, so nobody can forge it; and it counts for the request it
 * was made for only, since an application can get hold of it and put it into another one. Whatever
 * else is put in its place counts for nothing.
 */
final class Judgement {

  private final Seal seal;
  private final Granted granted;
  private final Recording recording;
  private volatile String requestId = "";

  Judgement(Seal seal, Granted granted, Recording recording) {
    this.seal = seal;
    this.granted = granted;
    this.recording = recording;
  }

  /** What the filter with that seal decided about the request before, if it let it pass. */
  static Optional<Judgement> of(HttpServletRequest request, Seal seal) {
    return Told.by(() -> request.getAttribute(seal.attribute()))
        .filter(Judgement.class::isInstance)
        .map(Judgement.class::cast)
        .filter(judgement -> judgement.seal == seal && judgement.isOf(request));
  }

  private boolean isOf(HttpServletRequest servletRequest) {
    return !requestId.isEmpty() && requestId.equals(id(servletRequest));
  }

  /** Empty where the container has none: then each dispatch of the request is judged anew. */
  private static String id(HttpServletRequest servletRequest) {
    return Told.by(servletRequest::getRequestId).orElse("");
  }

  void attachTo(HttpServletRequest servletRequest) {
    requestId = id(servletRequest);
    servletRequest.setAttribute(seal.attribute(), this);
  }

  Granted granted() {
    return granted;
  }

  Recording recording() {
    return recording;
  }
}
