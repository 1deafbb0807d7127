/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Right and wrong answers of an authorization server. */
public final class Answers {

  private static final String ACTIVE = "{\"active\":true}";

  private Answers() {}

  /** Status 200 with JSON. */
  public static Answer json(String json) {
    return typed("application/json", json);
  }

  /** Status 200 with a body of some content type; none if that is empty. */
  public static Answer typed(String contentType, String body) {
    return full(200, contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n", body);
  }

  /** A status with the body of a good answer. */
  public static Answer status(int status) {
    return full(status, "Content-Type: application/json\r\n", ACTIVE);
  }

  /** A status with further header lines, each ending in CR LF, and the body of a good answer. */
  public static Answer status(int status, String lines) {
    return full(status, "Content-Type: application/json\r\n" + lines, ACTIVE);
  }

  /** A redirection. */
  public static Answer redirect(int status, String location) {
    return status(status, "Location: " + location + "\r\n");
  }

  /** A complete answer. */
  public static Answer full(int status, String lines, String body) {
    byte[] octets = body.getBytes(UTF_8);
    boolean bodiless = status == 204 || status == 304;
    String length = bodiless ? "" : "Content-Length: " + octets.length + "\r\n";
    return (request, wire) -> {
      wire.send("HTTP/1.1 " + status + " Whatever\r\n" + lines + length + "\r\n");
      wire.send(bodiless ? new byte[0] : octets);
    };
  }

  /** Text as it is, one octet for each character. */
  public static Answer raw(String text) {
    return (request, wire) -> wire.send(text);
  }

  /** Text as it is, then the end of the connection. */
  public static Answer rawAndClose(String text) {
    return (request, wire) -> {
      wire.send(text);
      wire.close();
    };
  }

  /** The end of the connection, without a word. */
  public static Answer close() {
    return (request, wire) -> wire.close();
  }

  /** A reset, without a word. */
  public static Answer reset() {
    return (request, wire) -> wire.reset();
  }

  /** A reset after the header of a good answer. */
  public static Answer resetAfterHeader() {
    return (request, wire) -> {
      wire.send(okHeader("Content-Length: 15\r\n"));
      wire.reset();
    };
  }

  /** Nothing, with the connection kept open. */
  public static Answer stall() {
    return (request, wire) -> wire.stall();
  }

  /** A good answer's header, and then nothing. */
  public static Answer stallAfterHeader() {
    return (request, wire) -> {
      wire.send(okHeader("Content-Length: 15\r\n"));
      wire.stall();
    };
  }

  /** A good answer, an octet at a time from the first of the header. */
  public static Answer dribble(long millis) {
    return (request, wire) -> dribble(wire, okHeader("Content-Length: 15\r\n") + ACTIVE, millis);
  }

  /** A good answer's header at once, the body an octet at a time. */
  public static Answer dribbleBody(long millis) {
    return (request, wire) -> {
      wire.send(okHeader("Content-Length: 15\r\n"));
      dribble(wire, ACTIVE, millis);
    };
  }

  /** Header lines without end, one at a time. */
  public static Answer endlessHeader() {
    return (request, wire) -> {
      wire.send("HTTP/1.1 200 OK\r\n");
      while (true) {
        wire.send("X-More: " + "x".repeat(1000) + "\r\n");
      }
    };
  }

  /** Fewer octets than announced. */
  public static Answer truncated() {
    return rawAndClose(okHeader("Content-Length: 100\r\n") + pad(60));
  }

  /** Chunks without the last one. */
  public static Answer unendedChunks() {
    return rawAndClose(okHeader("Transfer-Encoding: chunked\r\n") + "f\r\n" + ACTIVE + "\r\n");
  }

  /** A good answer in chunks. */
  public static Answer chunked() {
    return raw(okHeader("Transfer-Encoding: chunked\r\n") + "f\r\n" + ACTIVE + "\r\n0\r\n\r\n");
  }

  /** Chunks without end. */
  public static Answer endlessChunks() {
    return (request, wire) -> {
      wire.send(okHeader("Transfer-Encoding: chunked\r\n"));
      while (true) {
        wire.send("1000\r\n" + " ".repeat(0x1000) + "\r\n");
      }
    };
  }

  /** A good answer of exactly that many octets. */
  public static Answer sized(int octets) {
    return json(pad(octets));
  }

  /** A good answer of exactly that many octets, without its length announced. */
  public static Answer sizedUntilClose(int octets) {
    return rawAndClose(okHeader("Connection: close\r\n") + pad(octets));
  }

  /** A good answer in gzip. */
  public static Answer gzip() {
    byte[] packed = packed();
    return (request, wire) -> {
      wire.send(okHeader("Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n"));
      wire.send(packed);
    };
  }

  /** A header field that says the good answer is in some coding. */
  public static Answer encoded(String coding) {
    return status(200, "Content-Encoding: " + coding + "\r\n");
  }

  /** An answer that waits at a gate first. */
  public static Answer after(Gate gate, Answer answer) {
    return (request, wire) -> {
      gate.pass();
      answer.give(request, wire);
    };
  }

  private static String okHeader(String lines) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + lines + "\r\n";
  }

  private static String pad(int octets) {
    return "{\"active\":true" + " ".repeat(octets - ACTIVE.length()) + "}";
  }

  private static void dribble(Wire wire, String text, long millis)
      throws IOException, InterruptedException {
    for (byte octet : text.getBytes(ISO_8859_1)) {
      if (!wire.pause(millis)) {
        return;
      }
      wire.send(new byte[] {octet});
    }
  }

  private static byte[] packed() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(ACTIVE.getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return packed.toByteArray();
  }
}
