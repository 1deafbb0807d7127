/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.util.Arrays;
import java.util.Optional;

/**
 * A complete answer.
 *
 * @param status its status code
 * @param contentType its {@code Content-Type} as it came
 * @param contentEncoding its {@code Content-Encoding} as it came
 * @param retryAfter its {@code Retry-After} as it came
 * @param body its body; that of a status other than 200 is empty if it is too large or ends early
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpReply(
    int status,
    Optional<String> contentType,
    Optional<String> contentEncoding,
    Optional<String> retryAfter,
    byte[] body) {

  /** Whether the body is in a coding other than none (RFC 9110 section 8.4). */
  public boolean isEncoded() {
    return contentEncoding.stream()
        .flatMap(field -> Arrays.stream(field.split(",")))
        .map(String::strip)
        .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
  }

  /** Shows no body. */
  @Override
  public String toString() {
    return "HttpReply[" + status + "]";
  }
}
