/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.ResourceServer;
import dev.portcullis.forwarding.Forwarding;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where requests come in: one that is new takes the {@link FirstPass}, one that was let in before
 * the {@link LaterPass}. Safe for use by several threads.
 */
final class Door {

  private final Seal seal;
  private final FirstPass firstPass;
  private final LaterPass laterPass;

  Door(
      FilterConfig config,
      ResourceServer server,
      RejectionWriter writer,
      RequestAudit audit,
      List<PublicDocument> documents,
      FilterSettings settings) {
    RequestReader reader =
        new RequestReader(Assembly.contextPath(config), new Forwarding(settings.forwarding()));
    Judge judge = new Judge(server, reader, new Faults(System::nanoTime), settings);
    Refusals refusals = new Refusals(writer, audit, settings.exposesChallenge());
    Passage passage = new Passage(settings.hidesCredentials(), settings.exposesChallenge());
    this.seal = new Seal(config.getFilterName());
    this.firstPass = new FirstPass(seal, judge, documents, refusals, passage, audit);
    this.laterPass = new LaterPass(judge, refusals, passage);
  }

  void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Judgement> judgement = Judgement.of(request, seal);
    if (judgement.isPresent()) {
      laterPass.pass(judgement.get(), request, response, chain);
    } else if (request.getDispatcherType() == DispatcherType.ERROR) {
      chain.doFilter(request, response); // the page for an error outside of what is protected
    } else {
      firstPass.pass(request, response, chain);
    }
  }
}
