/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.http.TransportException.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a proxy's answer to {@code CONNECT} (RFC 9110 section 9.3.6), octet by octet: what follows
 * its header comes from the target and is not to be touched.
 */
final class ConnectAnswer {

  private static final int LONGEST = 8192;
  private static final String END = "\r\n\r\n";
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.[01] ([2-5][0-9]{2})(?: [^\\r\\n]*)?\\r\\n.*", Pattern.DOTALL);

  private ConnectAnswer() {}

  /**
   * Reads the whole header.
   *
   * @return its status, from 200 to 599
   * @throws ProxyException if it began and did not end, is too long or no HTTP
   * @throws IOException if it did not begin
   */
  static int read(InputStream in) throws IOException {
    Matcher matcher = STATUS.matcher(header(in));
    if (!matcher.matches()) {
      throw new ProxyException(Stage.PROXY, "its answer to CONNECT is no HTTP");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static String header(InputStream in) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < END.length()) {
      int octet = next(in, header.size());
      header.write(octet);
      if (octet == END.charAt(matched)) {
        matched++;
      } else {
        matched = octet == '\r' ? 1 : 0;
      }
    }
    return header.toString(StandardCharsets.ISO_8859_1);
  }

  private static int next(InputStream in, int before) throws IOException {
    if (before == LONGEST) {
      throw new ProxyException(Stage.PROXY, "its answer to CONNECT is too long");
    }
    try {
      int octet = in.read();
      if (octet >= 0) {
        return octet;
      }
    } catch (IOException e) {
      if (before == 0) {
        throw e;
      }
    }
    throw new ProxyException(
        Stage.PROXY, "its answer to CONNECT " + (before == 0 ? "is missing" : "did not end"));
  }
}
