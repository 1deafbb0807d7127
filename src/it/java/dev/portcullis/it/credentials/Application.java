/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.AuditFile;
import dev.portcullis.it.JettyProcess;
import dev.portcullis.it.Site;
import dev.portcullis.testing.RawHttp;
import java.io.IOException;
import java.util.List;

/**
 * Guarded paths in a Jetty that runs for the tests.
 *
 * @param paths the application
 * @param jetty serves it
 */
record Application(GuardedPaths paths, JettyProcess jetty) implements AutoCloseable {

  /** Starts it at a port, with options for Jetty's Java. */
  static Application start(GuardedPaths paths, int port, List<String> javaOptions)
      throws IOException {
    JettyProcess jetty =
        JettyProcess.start("jetty12.0.home", "ee10", paths.war(), port, javaOptions);
    return new Application(paths, jetty);
  }

  /** A response, and what the audit trail has of it. */
  record Observed(RawHttp.Response response, List<AuditFile.Entry> calls, AuditFile.Entry entry) {

    /** The entry of the only exchange with the authorization server that was about a request. */
    AuditFile.Entry call() {
      if (calls.size() != 1) {
        throw new AssertionError(calls.toString());
      }
      return calls.get(0);
    }
  }

  /** Presents a token at a guarded path. */
  Observed get(String name, String token) throws Exception {
    return send(name, Site.bearer(token));
  }

  /** The URL of a guarded path. */
  String url(String name) {
    return "http://127.0.0.1:" + jetty.port() + path(name);
  }

  /** Requests a guarded path with those field lines. */
  Observed send(String name, String... fieldLines) throws Exception {
    AuditFile audit = paths.audit(name);
    int before = audit.size();
    RawHttp.Response response = RawHttp.get(jetty.port(), path(name), fieldLines);
    AuditFile.Entry entry = audit.awaitAfter(before, "request", 1).get(0);
    List<AuditFile.Entry> calls =
        audit.awaitAfter(before, "as-request", 0).stream()
            .filter(call -> !call.get("exchangeId").isEmpty()) // of a request, and not metadata
            .toList();
    return new Observed(response, calls, entry);
  }

  private static String path(String name) {
    return Site.CONTEXT + "/" + name + "/echo";
  }

  @Override
  public void close() {
    jetty.close();
  }
}
