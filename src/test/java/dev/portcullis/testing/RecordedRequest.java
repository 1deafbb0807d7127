/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param method its method
 * @param target its request target, path and query
 * @param fields its header fields as they stood there, one line each
 * @param body its body as text
 * @param connection which connection it came over, from 1
 */
public record RecordedRequest(
    String method, String target, List<String> fields, String body, int connection) {

  /** All values of a header field. */
  public List<String> headers(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return fields.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** The only value of a header field. */
  public Optional<String> header(String name) {
    List<String> values = headers(name);
    if (values.size() > 1) {
      throw new AssertionError(name + " came " + values.size() + " times");
    }
    return values.stream().findFirst();
  }

  /** The form parameters, decoded, each with all its values. */
  public Map<String, List<String>> form() {
    Map<String, List<String>> form = new LinkedHashMap<>();
    for (String pair : body.isEmpty() ? new String[0] : body.split("&")) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8);
      form.computeIfAbsent(URLDecoder.decode(parts[0], UTF_8), name -> new ArrayList<>())
          .add(value);
    }
    return form;
  }

  /** The only value of a form parameter. */
  public Optional<String> parameter(String name) {
    List<String> values = form().getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new AssertionError(name + " came " + values.size() + " times");
    }
    return values.stream().findFirst();
  }
}
