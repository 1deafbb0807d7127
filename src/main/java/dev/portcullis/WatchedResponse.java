/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response that tells the {@link Recording} of its request when it cannot be written. Not for use
 * by several threads at once, as any of its kind.
 */
final class WatchedResponse extends HttpServletResponseWrapper {

  private final Recording recording;
  private @Nullable ServletOutputStream stream;
  private @Nullable PrintWriter writer;

  private WatchedResponse(HttpServletResponse response, Recording recording) {
    super(response);
    this.recording = recording;
  }

  /** A response that does so, if this one does not yet. */
  static HttpServletResponse around(HttpServletResponse response, Recording recording) {
    return isWatched(response, recording) ? response : new WatchedResponse(response, recording);
  }

  private static boolean isWatched(ServletResponse response, Recording recording) {
    if (response instanceof WatchedResponse known && known.recording == recording) {
      return true;
    }
    return response instanceof ServletResponseWrapper outer
        && isWatched(outer.getResponse(), recording);
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream container = super.getOutputStream();
    ServletOutputStream watched = stream;
    if (watched == null) {
      watched = new WatchedOutput(container, recording);
      stream = watched;
    }
    return watched;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    PrintWriter container = super.getWriter();
    PrintWriter watched = writer;
    if (watched == null) {
      watched = new WatchedWriter(container, recording);
      writer = watched;
    }
    return watched;
  }

  @Override
  public void flushBuffer() throws IOException {
    try {
      super.flushBuffer();
    } catch (IOException failure) {
      recording.broke();
      throw failure;
    }
  }

  /** After it, the other of the two may be had. */
  @Override
  public void reset() {
    super.reset();
    stream = null;
    writer = null;
  }
}
