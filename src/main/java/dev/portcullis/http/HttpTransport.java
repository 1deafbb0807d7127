/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.net.URI;

/**
 * Sends one request and reads the whole answer. Follows no redirect, keeps no cookie, repeats
 * nothing, asks for no content coding. Safe for use by several threads.
 */
public interface HttpTransport extends AutoCloseable {

  /**
   * Sends a request.
   *
   * @param deadline by when the last octet of the body must have come
   * @throws TransportException if there is no complete answer by then
   */
  HttpReply send(HttpCall call, Deadline deadline) throws TransportException;

  /**
   * Opens a connection as a request would need it, and closes it without having sent one.
   *
   * @param target absolute URL with its port
   * @throws TransportException if there is none by then
   */
  void connect(URI target, Deadline deadline) throws TransportException;

  /** Whether requests go through a forward proxy. */
  boolean isViaProxy();

  @Override
  void close();
}
