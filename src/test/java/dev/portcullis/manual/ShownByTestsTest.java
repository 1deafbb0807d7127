/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the manual says is shown by a test is a test, and every test of that kind is told. */
class ShownByTestsTest {

  private static final String TESTS = "dev.portcullis.it.credentials.";
  private static final List<String> SERVERS =
      List.of("SpringCredentialsIT", "KeycloakCredentialsIT");

  @Test
  void eachServer_hasACellForEachWayToAuthenticate() {
    for (List<String> cells : rows()) {
      for (int server = 0; server < SERVERS.size(); server++) {
        String cell = cells.get(1 + server);
        boolean isShown = cell.contains("`" + SERVERS.get(server) + ".");
        assertTrue(cell.startsWith("works") ? isShown : cell.startsWith("no"), cells::toString);
      }
    }
  }

  @Test
  void theTestsThatTheTableNames_areAllThatThereAre() throws ClassNotFoundException {
    assertEquals(tests(), named());
  }

  private static List<List<String>> rows() {
    List<List<String>> rows = Page.of("authorization-server.md").rows("Credentials");
    assertTrue(rows.size() >= 5, rows::toString);
    return rows;
  }

  private static Set<String> named() {
    Set<String> named = new TreeSet<>();
    List<String> cells = new ArrayList<>();
    rows().forEach(cells::addAll);
    cells.addAll(
        Page.of("authorization-server.md").rows("Keycloak asks for").stream()
            .flatMap(List::stream)
            .toList());
    for (String cell : cells) {
      Page.codeIn(cell).stream().filter(code -> code.matches("\\w+IT\\.\\w+")).forEach(named::add);
    }
    return named;
  }

  /** By reflection: the manual knows tests by name only. */
  private static Set<String> tests() throws ClassNotFoundException {
    Set<String> tests = new TreeSet<>();
    for (String server : SERVERS) {
      Class<?> type = Class.forName(TESTS + server);
      List<Method> methods = new ArrayList<>(Arrays.asList(type.getMethods()));
      methods.addAll(Arrays.asList(type.getDeclaredMethods()));
      methods.removeIf(method -> !method.isAnnotationPresent(Test.class));
      methods.forEach(method -> tests.add(server + "." + method.getName()));
    }
    return tests;
  }
}
