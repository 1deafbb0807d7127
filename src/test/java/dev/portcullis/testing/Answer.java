/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.IOException;

/** What the server does with a request once it has been read. */
@FunctionalInterface
public interface Answer {

  /** Answers. The connection is used again unless it has been closed. */
  void give(RecordedRequest request, Wire wire) throws IOException, InterruptedException;
}
