/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

/** What became of a request: {@link Granted} or {@link Rejected}. */
public sealed interface Decision extends Answer permits Granted, Rejected {

  /** What the decision was based on. */
  Evidence evidence();
}
