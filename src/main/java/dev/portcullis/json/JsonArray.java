/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import java.util.List;
import java.util.stream.Collectors;

/** A JSON array. */
public record JsonArray(List<JsonValue> values) implements JsonValue {

  /** Copies the values. */
  public JsonArray {
    values = List.copyOf(values);
  }

  @Override
  public boolean isExact() {
    return values.stream().allMatch(JsonValue::isExact);
  }

  @Override
  public String toString() {
    return values.stream().map(JsonValue::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
