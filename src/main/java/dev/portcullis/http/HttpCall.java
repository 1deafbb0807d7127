/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.net.URI;
import java.util.Map;

/**
 * A request.
 *
 * @param method its method
 * @param target absolute URL
 * @param headers its header fields
 * @param body its body, empty if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpCall(String method, URI target, Map<String, String> headers, byte[] body) {

  /** Shows neither header fields nor the body: they hold tokens and credentials. */
  @Override
  public String toString() {
    return method + " " + target.getScheme() + "://" + target.getAuthority() + target.getRawPath();
  }
}
