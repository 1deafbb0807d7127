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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the manual says is shown by a test is a test, and every test of that kind is told. */
class ShownByTestsTest {

  private static final String TESTS = "dev.portcullis.it.credentials.";

  /** A table with a column for each of two authorization servers. */
  private enum Table {
    CREDENTIALS("authorization-server.md", "Credentials", "SpringCredentialsIT"),
    CLIENTS("dpop.md", "Client and key", "SpringDpopIT");

    private final String page;
    private final String firstColumn;
    private final String spring;

    Table(String page, String firstColumn, String spring) {
      this.page = page;
      this.firstColumn = firstColumn;
      this.spring = spring;
    }

    private Page page() {
      return Page.of(page);
    }

    private List<String> servers() {
      return List.of(spring, spring.replace("Spring", "Keycloak"));
    }

    private List<List<String>> rows() {
      List<List<String>> rows = page().rows(firstColumn);
      assertTrue(rows.size() >= 5, rows::toString);
      return rows;
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void eachServer_hasACellInEachRow(Table table) {
    for (List<String> cells : table.rows()) {
      for (int server = 0; server < table.servers().size(); server++) {
        String cell = cells.get(1 + server);
        boolean isShown = cell.contains("`" + table.servers().get(server) + ".");
        assertTrue(cell.startsWith("works") ? isShown : cell.startsWith("no"), cells::toString);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Table.class)
  void theTestsThatThePageNames_areAllThatThereAre(Table table) throws ClassNotFoundException {
    assertEquals(tests(table), named(table));
  }

  private static Set<String> named(Table table) {
    Set<String> named = new TreeSet<>();
    for (String line : table.page().prose()) {
      Page.codeIn(line).stream().filter(code -> code.matches("\\w+IT\\.\\w+")).forEach(named::add);
    }
    return named;
  }

  /** By reflection: the manual knows tests by name only. */
  private static Set<String> tests(Table table) throws ClassNotFoundException {
    Set<String> tests = new TreeSet<>();
    for (String server : table.servers()) {
      Class<?> type = Class.forName(TESTS + server);
      List<Method> methods = new ArrayList<>(Arrays.asList(type.getMethods()));
      methods.addAll(Arrays.asList(type.getDeclaredMethods()));
      methods.removeIf(method -> !method.isAnnotationPresent(Test.class));
      methods.forEach(method -> tests.add(server + "." + method.getName()));
    }
    return tests;
  }
}
