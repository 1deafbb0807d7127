/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.http.Deadline;
import dev.portcullis.http.HttpCall;
import dev.portcullis.http.HttpReply;
import dev.portcullis.http.HttpTransport;
import dev.portcullis.http.TransportException;
import dev.portcullis.http.TransportException.Stage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A transport without a network: each target does what the test says. For one thread. */
final class ScriptedTransport implements HttpTransport {

  /** What a target does. */
  interface Behaviour {
    HttpReply answer(Deadline deadline) throws TransportException;
  }

  private final Map<String, Behaviour> targets = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  ScriptedTransport target(String hostAndPort, Behaviour behaviour) {
    targets.put(hostAndPort, behaviour);
    return this;
  }

  /** The targets asked since the last look. */
  List<String> asked() {
    List<String> since = List.copyOf(asked);
    asked.clear();
    return since;
  }

  @Override
  public HttpReply send(HttpCall call, Deadline deadline) throws TransportException {
    String target = call.target().getAuthority();
    asked.add(call.wantsNewConnection() ? target + " new connection" : target);
    return targets.get(target).answer(deadline);
  }

  @Override
  public void connect(URI target, Deadline deadline) throws TransportException {
    asked.add("connection to " + target.getAuthority());
    HttpReply unused = targets.get(target.getAuthority()).answer(deadline);
  }

  @Override
  public boolean isViaProxy() {
    return false;
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  static Behaviour answers() {
    return status(200);
  }

  static Behaviour status(int status) {
    return deadline -> reply(status, Optional.empty());
  }

  static Behaviour says(String json) {
    return deadline -> reply(200, Optional.empty(), json);
  }

  static Behaviour tooMany(String retryAfter) {
    return deadline -> reply(429, Optional.of(retryAfter));
  }

  static Behaviour fails(Stage stage) {
    return deadline -> {
      throw new TransportException(stage, "scripted");
    };
  }

  /** Takes that long, or what is left, and then fails. */
  static Behaviour failsAfter(ManualTime time, Duration spent, Stage stage) {
    return deadline -> {
      Duration left = deadline.remaining();
      time.pass(left.compareTo(spent) < 0 ? left : spent);
      throw new TransportException(stage, "scripted");
    };
  }

  private static HttpReply reply(int status, Optional<String> retryAfter) {
    return reply(status, retryAfter, "{\"active\":true}");
  }

  private static HttpReply reply(int status, Optional<String> retryAfter, String json) {
    return new HttpReply(
        status,
        Optional.of("application/json"),
        Optional.empty(),
        retryAfter,
        json.getBytes(StandardCharsets.UTF_8));
  }
}
