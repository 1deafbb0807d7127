/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.http.TransportException.Stage;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/** Reads bodies up to a size. Whatever goes on beyond it is cut off, not read. Immutable. */
final class BoundedBody {

  private static final byte[] NONE = new byte[0];

  private final int maxSize;

  BoundedBody(int maxSize) {
    this.maxSize = maxSize;
  }

  /** The whole body. */
  byte[] read(ClassicHttpResponse response, Exchange exchange)
      throws IOException, TransportException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return NONE;
    }
    byte[] body = entity.getContentLength() > maxSize ? NONE : some(entity);
    if (entity.getContentLength() > maxSize || body.length > maxSize) {
      exchange.abort();
      throw new TransportException(
          Stage.TOO_LARGE, "the answer has more than " + maxSize + " octets");
    }
    return body;
  }

  /** The body of an error: empty, and the connection ended, if it does not end well. */
  byte[] readOrDrop(ClassicHttpResponse response, Exchange exchange) {
    try {
      return read(response, exchange);
    } catch (IOException | TransportException e) {
      exchange.abort();
      return NONE;
    }
  }

  /** The stream is not closed: that would read what is left of it. */
  private byte[] some(HttpEntity entity) throws IOException {
    InputStream content = entity.getContent();
    return content == null ? NONE : content.readNBytes(maxSize + 1);
  }
}
