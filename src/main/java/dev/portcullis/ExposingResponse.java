/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A response of which scripts of other origins can read what they need to authenticate (Fetch, CORS
 * protocol), beside whatever the application lets them read.
 */
final class ExposingResponse extends HttpServletResponseWrapper {

  private static final Pattern COMMA = Pattern.compile(",");
  private static final String FIELD = "Access-Control-Expose-Headers";
  private static final String[] NEEDED = {"WWW-Authenticate", "DPoP-Nonce"};

  private ExposingResponse(HttpServletResponse response) {
    super(response);
    expose();
  }

  /** A response that does so where the request is a script's, if this one does not yet. */
  static HttpServletResponse around(HttpServletResponse response, HttpServletRequest request) {
    boolean isExposing =
        response instanceof ExposingResponse
            || (response instanceof ServletResponseWrapper outer
                && outer.isWrapperFor(ExposingResponse.class));
    return isExposing || request.getHeader("Origin") == null
        ? response
        : new ExposingResponse(response);
  }

  @Override
  public void setHeader(String name, String value) {
    super.setHeader(name, value);
    if (FIELD.equalsIgnoreCase(name)) {
      expose();
    }
  }

  @Override
  public void reset() {
    super.reset();
    expose();
  }

  /** Adds the names to those that are exposed already. */
  private void expose() {
    Set<String> names = new LinkedHashSet<>();
    Set<String> known = new LinkedHashSet<>();
    for (String value : getHeaders(FIELD)) {
      COMMA.splitAsStream(value).map(String::strip).forEach(names::add);
    }
    names.forEach(exposed -> known.add(exposed.toLowerCase(Locale.ROOT)));
    for (String needed : NEEDED) {
      if (known.add(needed.toLowerCase(Locale.ROOT))) {
        names.add(needed);
      }
    }
    super.setHeader(FIELD, String.join(", ", names));
  }
}
