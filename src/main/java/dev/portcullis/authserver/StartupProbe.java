/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.http.Deadline;
import dev.portcullis.http.HttpTransport;
import dev.portcullis.http.TransportException;
import dev.portcullis.threads.BackgroundThreads;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Opens one connection to each target at the start, on a daemon thread, and logs what came of it. A
 * target that cannot be reached has not failed by that: requests find out for themselves. Safe for
 * use by several threads.
 */
public final class StartupProbe implements AutoCloseable {

  private final EndpointSource endpoints;
  private final Duration timeout;
  private final HttpTransport transport;
  private final LongSupplier nanoTime;
  private final BiConsumer<Level, String> findings;
  private final BackgroundThreads threads = new BackgroundThreads("portcullis-startup-probe");
  private volatile boolean closed;

  StartupProbe(
      EndpointSource endpoints,
      Duration timeout,
      HttpTransport transport,
      LongSupplier nanoTime,
      BiConsumer<Level, String> findings) {
    this.endpoints = endpoints;
    this.timeout = timeout;
    this.transport = transport;
    this.nanoTime = nanoTime;
    this.findings = findings;
  }

  /**
   * Begins, if that is wanted.
   *
   * @param timeout for one connection
   * @param transport what connects; closed by who made it
   */
  public static StartupProbe start(
      AuthorizationServerSettings settings,
      Discovery endpoints,
      Duration timeout,
      HttpTransport transport,
      Timing timing) {
    StartupProbe probe =
        new StartupProbe(
            endpoints,
            timeout,
            transport,
            timing.nanoTime(),
            System.getLogger(StartupProbe.class.getPackageName())::log);
    if (settings.probes()) {
      probe.threads.newThread(probe::probe).start();
    }
    return probe;
  }

  /**
   * Tries all targets now.
   *
   * @param findings told of each target, with {@code WARNING} if it cannot be reached
   */
  public static void probe(
      Discovery endpoints,
      Duration timeout,
      HttpTransport transport,
      Timing timing,
      BiConsumer<Level, String> findings) {
    try (StartupProbe probe =
        new StartupProbe(endpoints, timeout, transport, timing.nanoTime(), findings)) {
      probe.probe();
    }
  }

  /** Tries all targets, one after the other. */
  void probe() {
    try {
      Endpoints now = endpoints.current();
      for (Target target : now.targets()) {
        probe(target, now.addressSetting());
      }
    } catch (AuthorizationServerException e) {
      findings.accept(
          Level.DEBUG,
          "No connection is tried, as the targets are not known yet. See " + e.setting() + ".");
    }
  }

  private void probe(Target target, String addressSetting) {
    if (closed) {
      return;
    }
    try {
      transport.connect(target.url("/"), Deadline.in(timeout, nanoTime));
      findings.accept(
          Level.INFO, "A connection to the authorization server at " + target + " is possible.");
    } catch (TransportException e) {
      if (!closed) {
        Failure failure = Failure.of(e, addressSetting);
        findings.accept(
            Level.WARNING,
            String.format(
                "No connection to the authorization server at %s: %s. See %s.",
                target, failure.text(), failure.setting()));
      }
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    closed = true;
    threads.close();
  }
}
