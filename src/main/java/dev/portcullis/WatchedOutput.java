/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The body of a response of the application's: tells its {@link Recording} when it cannot be
 * written, or a listener throws, since some containers tell nobody else. What comes after the
 * application has closed it does not count. Not for use by several threads at once, as any of its
 * kind.
 */
final class WatchedOutput extends ServletOutputStream {

  private final ServletOutputStream out;
  private final Recording recording;
  private boolean isClosed;

  WatchedOutput(ServletOutputStream out, Recording recording) {
    this.out = out;
    this.recording = recording;
  }

  /** A step of writing. */
  private interface Writing {
    void run() throws IOException;
  }

  private void watch(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException failure) {
      if (!isClosed) {
        recording.broke();
      }
      throw failure;
    }
  }

  @Override
  public void write(int octet) throws IOException {
    watch(() -> out.write(octet));
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    watch(() -> out.write(octets, offset, length));
  }

  /** Of Servlet 6.1; the one that would be inherited there cannot block. */
  @SuppressWarnings("MissingOverride")
  public void write(ByteBuffer buffer) throws IOException {
    byte[] octets = new byte[buffer.remaining()];
    buffer.get(octets);
    write(octets, 0, octets.length);
  }

  /** In the encoding of the container's, as are all others that print. */
  @Override
  public void print(String text) throws IOException {
    watch(() -> out.print(text));
  }

  @Override
  public void flush() throws IOException {
    watch(out::flush);
  }

  @Override
  public void close() throws IOException {
    watch(out::close);
    isClosed = true;
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    out.setWriteListener(new Watched(listener));
  }

  private final class Watched implements WriteListener {

    private final WriteListener listener;

    Watched(WriteListener listener) {
      this.listener = listener;
    }

    @Override
    public void onWritePossible() throws IOException {
      try {
        listener.onWritePossible();
      } catch (Throwable failure) {
        recording.broke();
        throw failure;
      }
    }

    @Override
    public void onError(Throwable failure) {
      recording.breaks(() -> listener.onError(failure));
    }
  }
}
