/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.ScriptedServlet;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.AsyncContext;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** FLD-71: where nothing passes unrecorded, nobody keeps the others out. */
@Timeout(60)
class AuditRoomTest {

  private static final String READER = "Authorization: Bearer reader";
  private static final int PLACES = 10;
  private static final int STREAMS = 200;

  private TestingAuthorizationServer server;
  private TestingApplication.Builder builder;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("reader", "{\"active\":true,\"sub\":\"alice\"}");
    builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("cache.tokens", "true")
            .with("audit.on-failure", "reject")
            .with("audit.queue-size", Integer.toString(PLACES));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  @DisplayName("FLD-71: a flood without a token takes no place from requests with a good one")
  void floodWithoutToken_leavesPlaces() throws Exception {
    try (TestingApplication application = builder.start()) {
      Journal journal = builder.journal();
      synchronized (journal) { // the sink hangs
        for (int i = 0; i < 3 * PLACES; i++) {
          assertEquals(401, application.get("/r").status());
        }
        for (int i = 0; i < PLACES; i++) {
          assertEquals(200, application.get("/r", READER).status());
        }
        RawHttp.Response refused = application.get("/r", READER);
        assertEquals(503, refused.status());
        assertEquals("1", refused.header("Retry-After"));
      }
      journal.requests(2 * PLACES);
    }
  }

  @Test
  @DisplayName("FLD-71: open streams hold no place; all are recorded when they end at once")
  void openStreams_holdNoPlace() throws Exception {
    BlockingQueue<AsyncContext> open = new LinkedBlockingQueue<>();
    builder.serving(
        "/stream",
        new ScriptedServlet(
            (request, response) -> {
              AsyncContext async = request.startAsync();
              async.setTimeout(0);
              open.add(async);
            }));
    List<Socket> clients = new ArrayList<>();
    try (TestingApplication application = builder.start()) {
      assertEquals(200, application.get("/r", READER).status());
      for (int i = 0; i < STREAMS; i++) {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), application.port());
        clients.add(client);
        String message = "GET /stream HTTP/1.1\r\nHost: localhost\r\n" + READER + "\r\n\r\n";
        client.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
      }
      List<AsyncContext> streams = new ArrayList<>();
      while (streams.size() < STREAMS) {
        streams.add(open.take());
      }
      assertEquals(200, application.get("/r", READER).status());

      streams.forEach(AsyncContext::complete);

      builder.journal().requests(STREAMS + 2);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }
}
