/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import java.util.List;

/** The header fields of a request. */
@FunctionalInterface
public interface FieldLines {

  /** The values of all lines of a field, in order; the name in any case. */
  List<String> of(String name);
}
