/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Where the two servers listen, on the loopback address. */
record Ports(int sample, int authorizationServer) {

  static Ports parse(String sample, String authorizationServer) {
    Ports ports = new Ports(port("sample.port", sample), port("as.port", authorizationServer));
    if (ports.sample == ports.authorizationServer) {
      throw new IllegalArgumentException("-Dsample.port and -Das.port must be two ports.");
    }
    return ports;
  }

  String sampleUrl() {
    return "http://127.0.0.1:" + sample;
  }

  String authorizationServerUrl() {
    return "http://127.0.0.1:" + authorizationServer;
  }

  void requireFree() {
    requireFree("sample.port", sample);
    requireFree("as.port", authorizationServer);
  }

  private static int port(String property, String text) {
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw new IllegalArgumentException(
        "-D" + property + "=" + text + ": must be a port from 1 to 65535.");
  }

  private static void requireFree(String property, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      // Could be opened, so nobody else has it; closed again at once.
    } catch (IOException e) {
      throw new IllegalStateException(
          "Port %d cannot be used (%s). Stop what listens there, or choose another one: -D%s=%d"
              .formatted(port, e.getMessage(), property, port % 65535 + 1),
          e);
    }
  }
}
