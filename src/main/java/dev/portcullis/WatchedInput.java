/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The body of a request that was passed on: tells its {@link Recording} when a listener of the
 * application's throws or is told of an error, since some containers tell nobody else. Not for use
 * by several threads at once, as any of its kind.
 */
final class WatchedInput extends ServletInputStream {

  private final ServletInputStream in;
  private final Recording recording;

  private WatchedInput(ServletInputStream in, Recording recording) {
    this.in = in;
    this.recording = recording;
  }

  @Override
  public int read() throws IOException {
    return in.read();
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    return in.read(octets, offset, length);
  }

  /** The body, watched for that recording. */
  static ServletInputStream around(ServletInputStream in, Recording recording) {
    return in instanceof WatchedInput known && known.recording == recording
        ? in
        : new WatchedInput(in, recording);
  }

  /** Of Servlet 6.1; the one that would be inherited there cannot block. */
  @SuppressWarnings("MissingOverride")
  public int read(ByteBuffer buffer) throws IOException {
    byte[] octets = new byte[buffer.remaining()];
    int count = in.read(octets, 0, octets.length);
    buffer.put(octets, 0, Math.max(0, count));
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return in.skip(count);
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public boolean isFinished() {
    return in.isFinished();
  }

  @Override
  public boolean isReady() {
    return in.isReady();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    in.setReadListener(new Watched(listener));
  }

  private final class Watched implements ReadListener {

    private final ReadListener listener;

    Watched(ReadListener listener) {
      this.listener = listener;
    }

    @Override
    public void onDataAvailable() throws IOException {
      try {
        listener.onDataAvailable();
      } catch (Throwable failure) {
        recording.broke();
        throw failure;
      }
    }

    @Override
    public void onAllDataRead() throws IOException {
      try {
        listener.onAllDataRead();
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
