/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown, taken apart as far as tests need it: fenced blocks, and outside of them
 * tables, links and headings.
 *
 * @param path where it is
 * @param blocks its fenced blocks
 * @param prose its lines outside of them
 */
public record Page(Path path, List<Block> blocks, List<String> prose) {

  /** The folder of the project, which is where tests run. */
  public static final Path PROJECT = Path.of("").toAbsolutePath();

  private static final Path MANUAL = PROJECT.resolve("src/site/markdown");
  private static final Pattern FENCE = Pattern.compile("( *)```([a-z]*)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");

  /** A fenced block. */
  public record Block(String language, String text) {}

  /** The README. */
  public static Page readme() {
    return read(PROJECT.resolve("README.md"));
  }

  /** A page of the manual. */
  public static Page of(String name) {
    return read(MANUAL.resolve(name));
  }

  /** The README and every page of the manual. */
  public static List<Page> all() {
    try (Stream<Path> files = Files.walk(MANUAL)) {
      List<Page> pages = new ArrayList<>(List.of(readme()));
      files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(Page::read)
          .forEach(pages::add);
      return pages;
    } catch (IOException e) {
      throw new AssertionError("the manual cannot be read", e);
    }
  }

  /** Takes a file apart. */
  public static Page read(Path path) {
    List<Block> blocks = new ArrayList<>();
    List<String> prose = new ArrayList<>();
    List<String> lines = lines(path);
    for (int at = 0; at < lines.size(); at++) {
      var fence = FENCE.matcher(lines.get(at));
      if (fence.matches()) {
        int end = lines.subList(at + 1, lines.size()).indexOf(fence.group(1) + "```") + at + 1;
        blocks.add(new Block(fence.group(2), text(lines.subList(at + 1, end))));
        at = end;
      } else {
        prose.add(lines.get(at));
      }
    }
    return new Page(path, blocks, prose);
  }

  /** All blocks in that language. */
  public List<String> blocks(String language) {
    return blocks.stream()
        .filter(block -> block.language().equals(language))
        .map(Block::text)
        .toList();
  }

  /** The rows, as cells, of all tables that have this text at the top of their first column. */
  public List<List<String>> rows(String firstColumn) {
    List<List<String>> rows = new ArrayList<>();
    boolean isWanted = false;
    boolean isInTable = false;
    for (String line : prose) {
      boolean isRow = line.startsWith("|");
      List<String> cells = isRow ? cells(line) : List.of();
      if (isRow && !isInTable) {
        isWanted = cells.get(0).equals(firstColumn);
      } else if (isRow && isWanted && !cells.get(0).startsWith("---")) {
        rows.add(cells);
      }
      isInTable = isRow;
    }
    return rows;
  }

  /** What the links lead to. */
  public List<String> links() {
    String text = CODE.matcher(String.join("\n", prose)).replaceAll("");
    return LINK.matcher(text).results().map(link -> link.group(1)).toList();
  }

  /** The names by which headings can be linked to. */
  public Set<String> anchors() {
    return prose.stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(toSet());
  }

  /** The texts in a cell that are marked as code. */
  public static List<String> codeIn(String cell) {
    return CODE.matcher(cell)
        .results()
        .map(MatchResult::group)
        .map(code -> code.substring(1, code.length() - 1))
        .toList();
  }

  /** Path from the project's folder. */
  @Override
  public String toString() {
    return PROJECT.relativize(path).toString();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|", -1)).map(String::strip).toList();
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(joining()).stripIndent();
  }

  private static List<String> lines(Path path) {
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new AssertionError(path + " cannot be read", e);
    }
  }
}
