/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample;

import java.util.LinkedHashMap;
import java.util.Map;

/** An order, and who placed it. */
record Order(long number, String item, int quantity, String placedBy) {

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", number);
    json.put("item", item);
    json.put("quantity", quantity);
    json.put("placedBy", placedBy);
    return json;
  }
}
