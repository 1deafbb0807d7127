/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.Answer;
import dev.portcullis.access.Decision;
import dev.portcullis.access.Evidence;
import dev.portcullis.access.Granted;
import dev.portcullis.access.Pending;
import dev.portcullis.access.Rejected;
import dev.portcullis.access.ResourceServer;
import dev.portcullis.api.Reason;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the {@link ResourceServer} about servlet requests. Decides nothing itself but what becomes
 * of a fault: a refusal. Safe for use by several threads.
 */
final class Judge {

  private final ResourceServer server;
  private final RequestReader reader;
  private final Faults faults;
  private final Preflight preflight = new Preflight();
  private final boolean refusesOverride;
  private final boolean allowsPreflight;

  Judge(ResourceServer server, RequestReader reader, Faults faults, FilterSettings settings) {
    this.server = server;
    this.reader = reader;
    this.faults = faults;
    this.refusesOverride = settings.refusesOverride();
    this.allowsPreflight = settings.allowsPreflight();
  }

  /** What a request is about, if it can be read. */
  Optional<ResourceRequest> read(HttpServletRequest request) {
    return faults.attempt(() -> reader.read(request));
  }

  boolean isExempt(ResourceRequest resource) {
    return faults.attempt(() -> server.isExempt(resource)).orElse(false);
  }

  boolean isPlainlySpelt(ResourceRequest resource) {
    return faults.attempt(() -> server.isPlainlySpelt(resource)).orElse(false);
  }

  /** About a request that was not seen before. */
  Decision decide(ResourceRequest resource, HttpServletRequest request, RequestClock clock) {
    return faults
        .attempt(() -> answer(resource, request, clock))
        .orElseGet(() -> fault(Evidence.NONE));
  }

  private Decision answer(
      ResourceRequest resource, HttpServletRequest request, RequestClock clock) {
    if (refusesOverride && MethodOverride.isIn(resource, request)) {
      return server.refuseOverride(resource);
    }
    if (allowsPreflight && preflight.isOne(resource, request)) {
      return server.admitPreflight(resource);
    }
    Answer answer = server.decide(resource, clock.exchangeId());
    return answer instanceof Pending pending ? pending.await() : (Decision) answer;
  }

  /** About a request that was let in before and goes to another place now. */
  Decision reconsider(Granted granted, HttpServletRequest request) {
    return faults
        .attempt(() -> server.reconsider(granted, reader.read(request)))
        .orElseGet(() -> fault(granted.evidence()));
  }

  /** Does something with a request that was let in. False if anything at all goes wrong. */
  boolean isDone(Runnable step) {
    return faults
        .attempt(
            () -> {
              step.run();
              return true;
            })
        .orElse(false);
  }

  /** The refusal where anything at all went wrong: 500. */
  static Rejected fault(Evidence evidence) {
    return Rejected.unavailable(Reason.INTERNAL_ERROR, Duration.ZERO, "", evidence);
  }
}
