/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The table of the manual: what the cells have reported that ran, in place of what stands there of
 * them. Rows of other cells stay.
 */
final class ContainersTable {

  private static final String BEGIN = "<!-- The profile \"containers\" writes this. -->\n";
  private static final String END = "<!-- Until here. -->";
  private static final String HEAD =
      """

      | Cell | Version | Java | Date | Checks |
      | --- | --- | --- | --- | --- |
      """;

  private final TreeMap<String, String> rows = new TreeMap<>();
  private final TreeMap<String, String> notes = new TreeMap<>();

  private ContainersTable() {}

  /**
   * Writes a page anew.
   *
   * @param arguments the folder of the reports, the page, and where it is to be written
   */
  public static void main(String[] arguments) throws IOException {
    Path reports = Path.of(arguments[0]);
    ContainersTable table = new ContainersTable();
    String page = Files.readString(Path.of(arguments[1]));
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    page.substring(begin, end).lines().forEach(table::keep);
    if (Files.isDirectory(reports)) {
      try (Stream<Path> files = Files.list(reports)) {
        for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
          table.add(Files.readAllLines(file));
        }
      }
    }
    Files.writeString(
        Path.of(arguments[2]), page.substring(0, begin) + table.text() + page.substring(end));
  }

  private void keep(String line) {
    String[] columns = line.split(" *\\| *", -1);
    if (line.startsWith("| `")) {
      rows.put(key(columns[1].replace("`", ""), columns[3]), line);
    } else if (line.startsWith("- `")) {
      String[] parts = line.substring(3).split("` with Java |,", 3);
      notes.put(key(parts[0], parts[1]) + line, line);
    }
  }

  private static String key(String cell, String java) {
    return cell + " " + java + " ";
  }

  private void add(List<String> report) {
    String[] head = report.get(0).split("\t");
    String key = key(head[0], head[2]);
    notes.keySet().removeIf(note -> note.startsWith(key));
    List<String[]> checks =
        report.stream().skip(1).map(line -> line.split("\t", -1)).distinct().toList();
    List<String> results = new ArrayList<>();
    for (String result : List.of("passed", "differs", "failed")) {
      long count = checks.stream().filter(check -> check[2].equals(result)).count();
      if (count > 0) {
        results.add(count + " " + (result.equals("differs") ? "differ" : result));
      }
    }
    rows.put(
        key,
        "| `%s` | %s | %s | %s | %s |"
            .formatted(head[0], head[1], head[2], head[3], String.join(", ", results)));
    checks.stream()
        .filter(check -> check[2].equals("differs"))
        .map(check -> note(head, check))
        .forEach(note -> notes.put(key + note, note));
  }

  private static String note(String[] head, String[] check) {
    return "- `%s` with Java %s, `%s`: %s".formatted(head[0], head[2], check[1], check[3]);
  }

  private String text() {
    StringBuilder text = new StringBuilder(HEAD);
    rows.values().forEach(row -> text.append(row).append('\n'));
    if (!notes.isEmpty()) {
      text.append("\nWhere a server differs by its own doing:\n\n");
      notes.values().forEach(note -> text.append(note).append('\n'));
    }
    return text.append('\n').toString();
  }
}
