/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Starts the watch over an exchange just before its first octet is sent. What a proxy reads is sent
 * in absolute form (RFC 9112 section 3.2.2), which the library does only on routes that it knows to
 * have a proxy. Immutable.
 */
final class TimedRequestExecutor extends HttpRequestExecutor {

  private final Duration readTimeout;
  private final Patience patience;
  private final boolean viaProxy;

  TimedRequestExecutor(Duration readTimeout, Patience patience, boolean viaProxy) {
    this.readTimeout = readTimeout;
    this.patience = patience;
    this.viaProxy = viaProxy;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback callback,
      HttpContext context)
      throws IOException, HttpException {
    Exchange.of(context).sending((PooledConnection) connection, readTimeout, patience);
    long began = System.nanoTime();
    ClassicHttpResponse response = super.execute(inItsForm(request), connection, callback, context);
    patience.answered(Duration.ofNanos(System.nanoTime() - began));
    return response;
  }

  private ClassicHttpRequest inItsForm(ClassicHttpRequest request) {
    return viaProxy && URIScheme.HTTP.same(request.getScheme())
        ? ClassicRequestBuilder.copy(request).setAbsoluteRequestUri(true).build()
        : request;
  }
}
