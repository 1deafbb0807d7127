/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The server's side of one connection, for answers that are written octet by octet. */
public final class Wire {

  private final Socket socket;
  private final OutputStream out;
  private final CountDownLatch stopped;

  Wire(Socket socket, OutputStream out, CountDownLatch stopped) {
    this.socket = socket;
    this.out = out;
    this.stopped = stopped;
  }

  /** Sends text, one octet for each character. */
  public void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  /** Sends octets. */
  public void send(byte[] octets) throws IOException {
    out.write(octets);
    out.flush();
  }

  /** Closes the connection in good order. */
  public void close() throws IOException {
    socket.close();
  }

  /** Resets the connection. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Says nothing more until the server stops or the peer closes. */
  public void stall() throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // What a peer still sends is of no interest.
    }
  }

  /** Waits that long, unless the server is stopped. Returns whether it still runs. */
  public boolean pause(long millis) throws InterruptedException {
    return !stopped.await(millis, TimeUnit.MILLISECONDS);
  }
}
