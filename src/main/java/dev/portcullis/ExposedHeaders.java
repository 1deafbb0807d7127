/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Lets scripts of other origins read what they need to authenticate (Fetch, CORS protocol). */
final class ExposedHeaders {

  private static final Pattern COMMA = Pattern.compile(",");
  private static final String FIELD = "Access-Control-Expose-Headers";

  private ExposedHeaders() {}

  /** Adds the names to those that are exposed already. */
  static void addTo(HttpServletResponse response) {
    Set<String> names = new LinkedHashSet<>();
    for (String value : response.getHeaders(FIELD)) {
      COMMA.splitAsStream(value).map(String::strip).forEach(names::add);
    }
    Set<String> known = new LinkedHashSet<>();
    names.forEach(exposed -> known.add(exposed.toLowerCase(Locale.ROOT)));
    for (String needed : new String[] {"WWW-Authenticate", "DPoP-Nonce"}) {
      if (!known.contains(needed.toLowerCase(Locale.ROOT))) {
        names.add(needed);
      }
    }
    response.setHeader(FIELD, String.join(", ", names));
  }
}
