/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.Gate;
import dev.portcullis.testing.RecordedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to the authorization server, seen from the other side of the filter. */
@ParameterizedClass
@EnumSource(Link.class)
class IntrospectionTransportTest {

  @Parameter private Link link;

  @Test
  @DisplayName("INT-12: a connection that is refused, and a server that comes back (CAC-08)")
  void refusedConnection_isNoAnswer() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.over(link)) {
      rig.active("tok", "");
      rig.server().stop();
      rig.assertUnavailable(rig.get("tok"), "as_unavailable");
      assertEquals(0, rig.reached());
      rig.server().start();
      rig.assertPasses(rig.get("tok"));
    }
  }

  @Test
  @DisplayName("INT-12: a name that is not known")
  void unknownName_isNoAnswer() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.made(builder -> builder.asking("http://nowhere.invalid/introspect"))) {
      rig.assertUnavailable(rig.get("tok"), "as_unavailable");
      assertEquals(0, rig.reached());
    }
  }

  @Test
  @DisplayName("INT-12: a TLS alert")
  void alert_isNoAnswer() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread alerting = new Thread(() -> alert(listening), "alerting");
      alerting.setDaemon(true);
      alerting.start();
      String endpoint = "https://127.0.0.1:" + listening.getLocalPort() + "/introspect";
      try (IntrospectionRig rig = IntrospectionRig.made(builder -> builder.asking(endpoint))) {
        rig.assertUnavailable(rig.get("tok"), "as_unavailable");
        assertEquals(0, rig.reached());
      }
    }
  }

  @Test
  @DisplayName("INT-14, FLD-08: nesting and numbers are bounded, the number of members is not")
  void excessiveJson_isNoAnswer() throws Exception {
    String members =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"" + i + "\":0")
            .collect(Collectors.joining(","));
    List<String> excessive =
        List.of(
            "\"x\":" + "[".repeat(100_000) + "]".repeat(100_000),
            "\"exp\":" + "9".repeat(1_000_000));
    try (IntrospectionRig rig = IntrospectionRig.over(link, "http.max-response-size", "10485760")) {
      for (String more : excessive) {
        rig.server().next(Answers.json(IntrospectionRig.active(more)));
        rig.assertUnavailable(rig.get("tok"), "as_bad_response");
      }
      assertEquals(0, rig.reached());
      rig.server().next(Answers.json(IntrospectionRig.active(members)));
      rig.assertPasses(rig.get("other"));
    }
  }

  @Test
  @DisplayName("INT-27: asked again, once, if the connection broke before an answer")
  void resetBeforeAnAnswer_isRepeatedOnce() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.over(
            link,
            "failover.max-retries",
            "1",
            "failover.retry-delay",
            "0",
            "http.keep-alive",
            "0")) {
      rig.active("tok", "");
      rig.server().next(Answers.reset());
      rig.assertPasses(rig.get("tok"));
      assertEquals(2, rig.calls());
      rig.server().next(Answers.reset(), Answers.reset());
      rig.assertUnavailable(rig.get("other"), "as_unavailable");
      assertEquals(4, rig.calls());
    }
  }

  @Test
  @DisplayName("INT-27: not asked again if an answer had begun")
  void resetAfterTheHeader_isNotRepeated() throws Exception {
    try (IntrospectionRig rig =
        IntrospectionRig.over(link, "failover.max-retries", "1", "failover.retry-delay", "0")) {
      rig.active("tok", "");
      rig.server().next(Answers.resetAfterHeader());
      rig.assertUnavailable(rig.get("tok"), "as_bad_response");
      assertEquals(1, rig.calls());
    }
  }

  @Test
  @DisplayName("INT-27: an answer that comes too late is nobody else's")
  void lateAnswer_isNobodyElses() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.over(link, "http.read-timeout", "500")) {
      Gate late = new Gate();
      rig.server().token("bad", "{\"active\":false}");
      rig.server().next(Answers.after(late, Answers.json(IntrospectionRig.active(""))));
      rig.assertUnavailable(rig.get("slow"), "as_unavailable");
      late.open();
      rig.assertInvalidToken(rig.get("bad"), "token_inactive");
      List<RecordedRequest> asked = rig.server().requests();
      assertFalse(asked.get(0).connection() == asked.get(1).connection());
    }
  }

  @ParameterizedTest
  @DisplayName("INT-27: octets behind an answer are no part of the next")
  @ValueSource(strings = {"200", "401"})
  void surplusOctets_areNobodyElses(String status) throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.over(link)) {
      String forged =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
              + IntrospectionRig.active("");
      Answer two =
          Answers.full(Integer.parseInt(status), "Content-Type: application/json\r\n", "{}");
      rig.server()
          .next(
              (request, wire) -> {
                two.give(request, wire);
                wire.send(forged);
              });
      rig.get("first");
      rig.assertInvalidToken(rig.get("bad"), "token_inactive");
      assertEquals(2, rig.calls());
    }
  }

  private static void alert(ServerSocket listening) {
    try {
      while (true) {
        try (Socket socket = listening.accept()) {
          socket.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, 40});
          socket.getOutputStream().flush();
          socket.getInputStream().read();
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }
}
