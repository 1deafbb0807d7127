/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The audit trail as somebody outside sees it: a file with a JSON object a line. */
public final class AuditFile {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LATE = Duration.ofMillis(100);

  private final Path path;

  /** A file that may not be there yet. */
  public AuditFile(Path path) {
    this.path = path;
  }

  /** One line. */
  public record Entry(String json) {

    /** A member as its JSON text, a string without quotation marks; empty if it is absent. */
    public String get(String name) {
      Pattern member =
          Pattern.compile(
              "\"" + name + "\":(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\[[^\\]]*]|[^,}\\[]+))");
      Matcher matcher = member.matcher(json);
      if (!matcher.find()) {
        return "";
      }
      return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
  }

  /**
   * How many lines there are when nothing more is on its way: an entry is written after its
   * response, so that of the request before may still be to come. A while in which nothing came
   * counts only if this thread got on in it, as then the one that writes could have, too.
   */
  public int size() throws Exception {
    AtomicReference<Look> last = new AtomicReference<>(new Look(-1, 0));
    return Polling.await(
        PATIENCE,
        () -> path + " does not come to rest",
        () -> {
          Look now = new Look(lines().size(), System.nanoTime());
          Look before = last.getAndSet(now);
          boolean isOnTime = now.at() - before.at() < LATE.toNanos();
          return now.lines() == before.lines() && isOnTime
              ? Optional.of(now.lines())
              : Optional.empty();
        });
  }

  private record Look(int lines, long at) {}

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** All of it, as text. */
  public String text() throws IOException {
    return Files.readString(path);
  }

  /** The entries of an event behind the first so many lines, once there are that many. */
  public List<Entry> awaitAfter(int lines, String event, int number) throws Exception {
    return Polling.await(
        PATIENCE,
        () -> number + " entries of " + event + " in " + path,
        () -> Optional.of(after(lines, event)).filter(found -> found.size() >= number));
  }

  /** The entries of the requests for a path, once there are that many. */
  public List<Entry> awaitOf(String requestUri, int number) throws Exception {
    return Polling.await(
        PATIENCE,
        () -> number + " entries of " + requestUri + " in " + path,
        () ->
            Optional.of(
                    after(0, "request").stream()
                        .filter(entry -> entry.get("requestUri").equals(requestUri))
                        .toList())
                .filter(found -> found.size() >= number));
  }

  private List<Entry> after(int lines, String event) throws IOException {
    return lines().stream()
        .skip(lines)
        .map(Entry::new)
        .filter(entry -> entry.get("event").equals(event))
        .toList();
  }

  private List<String> lines() throws IOException {
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }
}
