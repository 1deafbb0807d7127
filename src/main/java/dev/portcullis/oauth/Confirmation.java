/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.JsonValue;
import java.util.Optional;

/**
 * What a token is bound to: {@code cnf} of RFC 7800 section 3.1. Immutable.
 *
 * @param isPresent whether there is a {@code cnf} at all
 * @param keyThumbprint {@code jkt}, RFC 9449 section 6.1
 * @param certificateThumbprint {@code x5t#S256}, RFC 8705 section 3.1
 */
public record Confirmation(
    boolean isPresent, Optional<String> keyThumbprint, Optional<String> certificateThumbprint) {

  /** A token that is not bound. */
  public static final Confirmation NONE =
      new Confirmation(false, Optional.empty(), Optional.empty());

  static Confirmation parse(JsonObject cnf) throws ClaimException {
    return new Confirmation(true, thumbprint(cnf, "jkt"), thumbprint(cnf, "x5t#S256"));
  }

  /** Whether the token is bound in no way that is known here. */
  public boolean isUnknown() {
    return isPresent && keyThumbprint.isEmpty() && certificateThumbprint.isEmpty();
  }

  private static Optional<String> thumbprint(JsonObject cnf, String name) throws ClaimException {
    Optional<JsonValue> member = cnf.get(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    if (member.get() instanceof JsonString text) {
      return Optional.of(text.value());
    }
    throw ClaimException.ofType("cnf." + name);
  }
}
