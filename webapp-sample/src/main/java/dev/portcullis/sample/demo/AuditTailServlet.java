/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.demo;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Demo only. {@code GET /demo/audit?from=N} gives the complete lines of the audit file from byte N
 * on, as JSON lines, and in the header {@code Audit-Next} the N to ask with next time. It reads one
 * file, fixed when the application starts: nothing of the request has a part in its name. An audit
 * trail in earnest is not for everybody to read.
 */
public final class AuditTailServlet extends HttpServlet {

  private static final int MAX_BYTES = 64 * 1024;

  private final transient Path auditFile;

  public AuditTailServlet(Path auditFile) {
    this.auditFile = auditFile;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long from = parseOffset(request.getParameter("from"));
    byte[] lines = new byte[0];
    if (Files.exists(auditFile)) {
      long size = Files.size(auditFile);
      // The file has begun anew (a new day, or a new start of the sample): begin anew as well.
      from = from > size ? 0 : Math.max(from, size - MAX_BYTES);
      lines = completeLines(from);
    }
    response.setContentType("application/x-ndjson");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Audit-Next", Long.toString(from + lines.length));
    response.getOutputStream().write(lines);
  }

  private byte[] completeLines(long from) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
    try (SeekableByteChannel file = Files.newByteChannel(auditFile)) {
      file.position(from);
      while (buffer.hasRemaining() && file.read(buffer) > 0) {}
    }
    int end = buffer.position();
    while (end > 0 && buffer.get(end - 1) != '\n') {
      end--;
    }
    byte[] lines = new byte[end];
    buffer.flip().get(lines);
    return lines;
  }

  private static long parseOffset(String text) {
    try {
      return text == null ? 0 : Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
