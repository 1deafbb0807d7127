/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manual says of lists that the code has, and what holds its pages together. */
class ManualTest {

  static List<Page> pages() {
    return Page.all();
  }

  @Test
  @DisplayName("LOG-05: every reason code is explained, and none that does not exist")
  void everyReasonCode_isExplained() {
    assertEquals(
        names(Arrays.stream(Reason.values()).map(Reason::code)),
        firstCells(Page.of("decisions.md"), "Code"));
  }

  @Test
  void everyAuditField_isExplained() {
    assertEquals(
        names(Arrays.stream(AuditField.values()).map(AuditField::key)),
        firstCells(Page.of("audit.md"), "Field"));
  }

  @Test
  void everyTypeOfEntry_isExplained() {
    assertEquals(
        names(Arrays.stream(AuditEvent.Type.values()).map(AuditEvent.Type::key)),
        firstCells(Page.of("audit.md"), "`event`"));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void relativeLinks_leadSomewhere(Page page) {
    List<String> broken = new ArrayList<>(page.links());
    broken.removeIf(link -> link.matches("[a-z]+:.*") || leadsSomewhere(page, link));

    assertEquals(List.of(), broken);
  }

  @Test
  void everyPage_isReachableFromTheReadme() {
    Set<Path> reached = new TreeSet<>();
    collect(Page.readme(), reached);

    assertEquals(pages().stream().map(Page::path).collect(toCollection(TreeSet::new)), reached);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void examplesInJava_compile(Page page) throws IOException {
    List<String> sources = new ArrayList<>(page.blocks("java"));
    Set<String> compiledElsewhere = ApplicationSource.all();
    sources.removeIf(source -> compiledElsewhere.contains(source.strip()));
    for (String source : sources) {
      assertEquals(List.of(), JavaExample.errorsIn(source), source);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void examplesInXml_areWellFormed(Page page) {
    for (String source : page.blocks("xml")) {
      assertDoesNotThrow(() -> XmlExample.parse(source), source);
    }
  }

  private static boolean leadsSomewhere(Page page, String link) {
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
    return Files.exists(file)
        && (parts.length == 1 || Page.read(file).anchors().contains(parts[1]));
  }

  private static void collect(Page page, Set<Path> reached) {
    if (reached.add(page.path())) {
      page.links().stream()
          .map(link -> link.replaceFirst("#.*", ""))
          .filter(link -> link.endsWith(".md") && !link.contains(":"))
          .map(link -> page.path().resolveSibling(link).normalize())
          .filter(Files::exists)
          .forEach(file -> collect(Page.read(file), reached));
    }
  }

  private static Set<String> firstCells(Page page, String heading) {
    return names(page.rows(heading).stream().flatMap(cells -> Page.codeIn(cells.get(0)).stream()));
  }

  private static Set<String> names(Stream<String> names) {
    return names.collect(toCollection(TreeSet::new));
  }
}
