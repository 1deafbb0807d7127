/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.io.IOException;
import java.util.Map;

/**
 * Where audit entries go. A class of the application's that implements this interface is named by
 * {@code audit.<name>.class}, with {@code <name>} listed in {@code audit.sinks}; it needs a public
 * constructor without parameters. {@link #open}, {@link #write}, {@link #flush} and {@link #close}
 * are called one after the other, never at the same time, from a thread of the filter's.
 *
 * <p>A sink that cannot record an entry throws; it must never drop one in silence. What then
 * happens to requests is decided by {@code audit.on-failure}.
 */
public interface AuditSink extends AutoCloseable {

  /**
   * Called once before the first entry.
   *
   * @param settings the settings below {@code audit.<name>.}, without that prefix
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
   * Called when no further entry is waiting: a good moment to empty a buffer.
   *
   * @throws Exception if entries given before may be lost
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
