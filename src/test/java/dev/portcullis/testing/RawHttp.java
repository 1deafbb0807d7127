/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP/1.1 client that sends exactly what it is told, well-formed or not. One connection, kept
 * open.
 */
public final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final InputStream in;

  /** Connects to a port on the loopback interface. */
  public RawHttp(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new Recording(new BufferedInputStream(socket.getInputStream()), received);
  }

  /** Connects to a port on the loopback interface as a peer that has another address. */
  public static RawHttp from(InetAddress address, int port) throws IOException {
    return new RawHttp(new Socket(InetAddress.getLoopbackAddress(), port, address, 0));
  }

  /**
   * A response.
   *
   * @param status status code
   * @param headers all field lines, in order, names in lower case
   * @param body body as text
   */
  public record Response(int status, List<Field> headers, String body) {

    /** A field line. */
    public record Field(String name, String value) {}

    /** All values of a field. */
    public List<String> all(String name) {
      return headers.stream()
          .filter(field -> field.name().equals(name.toLowerCase(Locale.ROOT)))
          .map(Field::value)
          .toList();
    }

    /** The value of a field, empty if it is absent; several are joined by commas. */
    public String header(String name) {
      return String.join(", ", all(name));
    }

    /** The {@code WWW-Authenticate} field lines. */
    public List<String> challenges() {
      return all("www-authenticate");
    }
  }

  /** Sends {@code GET} with those field lines. */
  public static Response get(int port, String path, String... fieldLines) throws IOException {
    return request(port, "GET", path, fieldLines);
  }

  /** Sends a request without a body and with those field lines, on a connection of its own. */
  public static Response request(int port, String method, String path, String... fieldLines)
      throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(method, path, fieldLines);
    }
  }

  /** Sends a request without a body and with those field lines. */
  public Response send(String method, String path, String... fieldLines) throws IOException {
    return exchange(method, method + " " + path + " HTTP/1.1", "", fieldLines);
  }

  /** Sends a request with a body; its length is added. */
  public Response post(String path, String body, String... fieldLines) throws IOException {
    List<String> lines = new ArrayList<>(List.of(fieldLines));
    lines.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
    return exchange("POST", "POST " + path + " HTTP/1.1", body, lines.toArray(String[]::new));
  }

  /** Sends a whole message as it stands, in UTF-8, and reads the response. */
  public Response sendAsItStands(String message) throws IOException {
    send(message.getBytes(StandardCharsets.UTF_8));
    return read(message.substring(0, message.indexOf(' ')));
  }

  /** Sends a whole message, an octet for each character, and reads the response. */
  public Response sendOctets(String message) throws IOException {
    send(message.getBytes(StandardCharsets.ISO_8859_1));
    return read(message.substring(0, message.indexOf(' ')));
  }

  /** All octets received so far, as text. */
  public String received() {
    return received.toString(StandardCharsets.ISO_8859_1);
  }

  private Response exchange(String method, String requestLine, String body, String... fieldLines)
      throws IOException {
    StringBuilder text = new StringBuilder(requestLine).append("\r\n");
    boolean namesHost = List.of(fieldLines).stream().anyMatch(line -> line.startsWith("Host:"));
    if (!namesHost) {
      text.append("Host: localhost\r\n");
    }
    for (String line : fieldLines) {
      text.append(line).append("\r\n");
    }
    text.append("\r\n").append(body);
    send(text.toString().getBytes(StandardCharsets.UTF_8));
    return read(method);
  }

  private void send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    socket.getOutputStream().flush();
  }

  private Response read(String method) throws IOException {
    Response response = readAsItComes(method);
    new InHand(socket.getPort(), socket.getLocalPort()).awaitEnd();
    return response;
  }

  private Response readAsItComes(String method) throws IOException {
    String statusLine = line();
    int status = Integer.parseInt(statusLine.split(" ")[1]);
    List<Response.Field> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.add(new Response.Field(name, line.substring(colon + 1).strip()));
    }
    Response head = new Response(status, List.copyOf(headers), "");
    boolean hasBody = !method.equals("HEAD") && status != 204 && status != 304 && status >= 200;
    return hasBody ? new Response(status, head.headers(), body(head)) : head;
  }

  private String body(Response head) throws IOException {
    if (head.header("transfer-encoding").equals("chunked")) {
      return chunks();
    }
    String length = head.header("content-length");
    byte[] octets = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    return new String(octets, StandardCharsets.UTF_8);
  }

  private String chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.write(in.readNBytes(size));
      line();
    }
    line();
    return body.toString(StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the connection ended after: " + line);
      }
      if (octet != '\r') {
        line.write(octet);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Keeps a copy of what is read. */
  private static final class Recording extends FilterInputStream {

    private final ByteArrayOutputStream copy;

    Recording(InputStream in, ByteArrayOutputStream copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      int octet = in.read();
      if (octet >= 0) {
        copy.write(octet);
      }
      return octet;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      int count = in.read(octets, offset, length);
      copy.write(octets, offset, Math.max(0, count));
      return count;
    }
  }
}
