/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.testing.DpopClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** An authorization server that knows a token bound to each key. */
final class BoundTokens implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, String> thumbprints = new TreeMap<>();

  BoundTokens(ProofKeys keys) throws IOException {
    for (int i = 0; i < keys.clients().size(); i++) {
      DpopClient client = keys.clients().get(i);
      thumbprints.put(ProofKeys.token(i), client.thumbprint());
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/introspect",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer = answer(form).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  String thumbprint(String token) {
    return thumbprints.get(token);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private String answer(String form) {
    String token =
        form.substring(form.indexOf("token=") + "token=".length()).replaceFirst("&.*", "");
    return """
        {"active":true,"token_type":"DPoP","sub":"alice","client_id":"app","scope":"read write",
        "exp":4000000000,"cnf":{"jkt":"%s"}}"""
        .formatted(thumbprints.get(token));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
