/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * In every container: however a protected path is spelled, it is protected. The spellings are in
 * {@code spellings.txt}; what a container says to each is in {@code target/spellings-….txt} when
 * the test has run.
 */
public interface SpellingContract {

  /** Where the application is served. */
  Site site();

  /** Name and version of the container. */
  String containerName();

  /** Next to a path that needs none. */
  @Test
  @DisplayName("No spelling of a path opens it without a token (HTTP-01, HTTP-02, HTTP-03)")
  default void spelling_opensNothingWithoutToken() throws Exception {
    List<Spelling> spellings = Spelling.all();
    assertTrue(spellings.stream().distinct().count() >= 200, spellings::toString);
    assertEquals(GuardedWebapp.OPEN_TEXT, site().get(GuardedWebapp.PUBLIC).body());
    AuditFile audit = site().webapp().audit();
    int before = audit.size();

    Map<String, String> answers = answers(spellings, "");

    assertEquals(List.of(), opened(answers));
    assertTrue(answers.containsValue("401"), answers::toString);
    audit.size(); // none is on its way any more
    List<String> allowed =
        audit.awaitAfter(before, "request", 1).stream()
            .filter(entry -> !entry.get("outcome").equals("denied"))
            .map(AuditFile.Entry::json)
            .toList();
    assertEquals(List.of(), allowed);
    Files.write(
        Path.of("target", "spellings-" + containerName() + ".txt"),
        answers.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).toList());
  }

  /** By the filter, or by a container that does not ask it. */
  @Test
  @DisplayName("A spelling that can be read in two ways is 400 (HTTP-01)")
  default void ambiguousSpelling_isRefusedAsSuch() throws Exception {
    List<Spelling> spellings = Spelling.all().stream().filter(Spelling::isAmbiguous).toList();

    assertEquals(List.of(), taken(answers(spellings, "")));
  }

  /** Next to paths that need less of it. */
  @Test
  @DisplayName("No spelling of a path evades its rule (HTTP-02, HTTP-03, AUZ-07)")
  default void spelling_evadesNoRule() throws Exception {
    String writer = site().server().token(TokenClient.OPAQUE, "orders:read", "orders:write");
    assertTrue(isVault(site().getWith(writer, GuardedWebapp.VAULT).body()));
    assertTrue(isVault(site().getWith(writer, GuardedWebapp.CACHED_VAULT).body()));
    String reader = site().server().token(TokenClient.OPAQUE, "orders:read");
    List<Spelling> spellings = Spelling.all().stream().map(Spelling::cached).toList();

    Map<String, String> answers = answers(spellings, Site.bearer(reader) + "\r\n");

    assertEquals(List.of(), opened(answers));
    assertTrue(answers.containsValue("403"), answers::toString);
  }

  /** Those that were not refused as such, nor by another application than ours. */
  private static List<String> taken(Map<String, String> answers) {
    return answers.entrySet().stream()
        .filter(answer -> !answer.getValue().equals("400"))
        .filter(
            answer ->
                answer.getKey().startsWith(Site.CONTEXT + "/") || !answer.getValue().equals("404"))
        .map(answer -> answer.getKey() + " " + answer.getValue())
        .toList();
  }

  /** A container may remember which servlet a path has led to. */
  @Test
  @DisplayName("Finding 4: no spelling opens a path that was just served, the second time neither")
  default void finding4_spellingOfServedPath_opensNothing() throws Exception {
    String writer = site().server().token(TokenClient.OPAQUE, "orders:read", "orders:write");
    List<Spelling> spellings = new ArrayList<>(Spelling.all());
    Spelling.all().stream().map(Spelling::cached).forEach(spellings::add);

    for (int time = 0; time < 2; time++) {
      for (String path :
          List.of(GuardedWebapp.VAULT, GuardedWebapp.CACHED_VAULT, GuardedWebapp.PUBLIC)) {
        assertEquals(200, site().getWith(writer, path).status(), path);
      }
      assertEquals(List.of(), opened(answers(spellings, "")));
    }
  }

  private static List<String> opened(Map<String, String> answers) {
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue().endsWith("vault"))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What each is answered. */
  private Map<String, String> answers(List<Spelling> spellings, String fieldLines)
      throws IOException {
    Map<String, String> answers = new TreeMap<>();
    List<RawHttp> connection = new ArrayList<>(List.of(site().connect()));
    for (Spelling spelling : spellings) {
      String message =
          "GET " + spelling.target() + " HTTP/1.1\r\nHost: localhost\r\n" + fieldLines + "\r\n";
      answers.put(spelling.text(), answer(connection, message));
    }
    connection.get(0).close();
    return answers;
  }

  /** On the connection there is, or a new one in its place if it has ended. */
  private String answer(List<RawHttp> connection, String message) throws IOException {
    Optional<Response> response = attempt(connection.get(0), message);
    if (response.isEmpty()) {
      reconnect(connection);
      response = attempt(connection.get(0), message);
    }
    if (response.isEmpty() || response.get().header("Connection").equalsIgnoreCase("close")) {
      reconnect(connection);
    }
    return response
        .map(found -> found.status() + (isVault(found.body()) ? " vault" : ""))
        .orElse("closed");
  }

  private void reconnect(List<RawHttp> connection) throws IOException {
    connection.set(0, site().connect()).close();
  }

  private static Optional<Response> attempt(RawHttp http, String message) {
    try {
      return Optional.of(http.sendOctets(message));
    } catch (IOException e) {
      return Optional.empty(); // closed without a word
    }
  }

  private static boolean isVault(String body) {
    return body.contains("the vault is open");
  }
}
