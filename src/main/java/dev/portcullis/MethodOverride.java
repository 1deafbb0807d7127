/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.QueryParameter;
import dev.portcullis.oauth.ResourceRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Tells requests that name another method than that of their request line. Frameworks know these
 * header fields and this parameter; neither parameters nor the body are read.
 */
final class MethodOverride {

  private static final List<String> FIELDS =
      List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");
  private static final String PARAMETER = "_method";

  private MethodOverride() {}

  /** Whether such a field or parameter is there, whatever its value. */
  static boolean isIn(ResourceRequest resource, HttpServletRequest request) {
    return FIELDS.stream().anyMatch(field -> request.getHeader(field) != null)
        || QueryParameter.isIn(resource.query(), PARAMETER);
  }
}
