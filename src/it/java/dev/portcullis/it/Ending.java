/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import dev.portcullis.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The ways in which {@code EndingServlet} ends a request, and the status that is recorded. */
public enum Ending {
  RETURNS(200),
  THROWS_EXCEPTION(500),
  THROWS_ERROR(500),
  SEND_ERROR(409),
  DISPATCH(202),
  DISPATCH_THROWS(500),
  DISPATCH_SEND_ERROR(409),
  ASYNC_THROWS_EXCEPTION(500),
  ASYNC_THROWS_ERROR(500),
  ASYNC_TIME_OUT(500),
  ASYNC_TIME_OUT_HANDLED(503),
  ASYNC_COMPLETE(202),
  ASYNC_COMPLETE_AT_ONCE(202),
  READ_LISTENER_THROWS(500),
  WRITE_LISTENER_THROWS(500),
  CLIENT_GONE(500),
  WRITE_LISTENER_CLIENT_GONE(500),
  ASYNC_CLIENT_GONE(500),
  WRITER_CLIENT_GONE(500);

  private final int status;

  Ending(int status) {
    this.status = status;
  }

  /** The status in the audit entry. */
  public int status() {
    return status;
  }

  /** Sends a request that ends so, and goes away without an answer where that is the ending. */
  public void ask(int port, String path, String fieldLine) throws IOException {
    String target = path + "?" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (isAnswered()) {
      int seen = RawHttp.get(port, target, fieldLine).status();
      if (seen != status) {
        throw new AssertionError(this + " was answered with " + seen);
      }
      return;
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String head =
          "%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted("POST " + target, fieldLine);
      String message = head + "Content-Length: 4\r\n\r\nbody";
      socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      if (isBegun()) {
        readSome(socket);
      }
    }
  }

  private boolean isAnswered() {
    return !isBegun() && !name().contains("LISTENER");
  }

  private boolean isBegun() {
    return name().endsWith("CLIENT_GONE");
  }

  /** Closes with what was not read: the other side learns of it at once. */
  private static void readSome(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new SocketException("no answer has begun");
    }
  }
}
