/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.io.IOException;
import java.util.Map;

/**
 * Where audit entries go. A class of the application's that implements this interface is named by
 * {@code audit.<name>.class}, with {@code <name>} listed in {@code audit.sinks}; it is a public
 * class with a public constructor without parameters. {@link #open} is called by the thread that
 * starts the filter, {@link #write}, {@link #flush} and {@link #close} by one background thread of
 * the filter's, never two of them at the same time. A sink may take its time: requests do not wait
 * for it. When the filter stops and a call does not return for ten seconds, the thread is
 * interrupted.
 *
 * <p>A sink that cannot record an entry throws; it must never drop one in silence. The entry then
 * goes to the server log, the sink is given the next one as if nothing had happened, and what
 * happens to requests is decided by {@code audit.on-failure}.
 */
public interface AuditSink extends AutoCloseable {

  /**
   * Called once before the first entry.
   *
   * @param settings the settings below {@code audit.<name>.}, without that prefix and without
   *     {@code class}
   * @throws Exception if the sink cannot work; the filter then does not start
   */
  default void open(Map<String, String> settings) throws Exception {}

  /**
   * Records one entry.
   *
   * @throws Exception if the entry was not recorded
   */
  void write(AuditEvent event) throws Exception;

  /**
   * Called after some entries, and at once when no further entry is waiting: the moment to empty a
   * buffer. What was given before has to be recorded when this returns.
   *
   * @throws Exception if entries given since the last call may be lost; all of them then go to the
   *     server log
   */
  default void flush() throws Exception {}

  /**
   * Called once after the last entry.
   *
   * @throws IOException if entries given before may be lost
   */
  @Override
  default void close() throws IOException {}
}
