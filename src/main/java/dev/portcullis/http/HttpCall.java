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
 * @param wantsNewConnection whether it is sent over a connection of its own making
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpCall(
    String method,
    URI target,
    Map<String, String> headers,
    byte[] body,
    boolean wantsNewConnection) {

  /** A request over whatever connection is there. */
  public HttpCall(String method, URI target, Map<String, String> headers, byte[] body) {
    this(method, target, headers, body, false);
  }

  /** The same over a connection that nothing was sent over before. */
  public HttpCall onNewConnection() {
    return new HttpCall(method, target, headers, body, true);
  }

  /** Shows neither header fields nor the body: they hold tokens and credentials. */
  @Override
  public String toString() {
    return method + " " + target.getScheme() + "://" + target.getAuthority() + target.getRawPath();
  }
}
