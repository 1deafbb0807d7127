/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

/** By which a filter knows its own {@link Judgement}s again. Each filter has one, and only it. */
final class Seal {

  /** What the names of all request attributes begin with in which judgements are kept. */
  private static final String PREFIX = "dev.portcullis.judgement.";

  private final String attribute;

  Seal(String filter) {
    this.attribute = PREFIX + filter;
  }

  /** Name of the request attribute in which judgements with this seal are kept. */
  String attribute() {
    return attribute;
  }

  /** Whether a request attribute of that name is where a judgement is kept, of whatever filter. */
  static boolean isOn(String attribute) {
    return attribute.startsWith(PREFIX);
  }
}
