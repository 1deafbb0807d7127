/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first command of the README, in a fresh clone, up to the signal that ends it. */
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SampleIT {

  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration RECOVERY = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofSeconds(30);

  private static final Pattern FIRST_COMMAND = Pattern.compile("```sh\n(.*)\n");
  private static final Pattern INSTRUCTIONS =
      Pattern.compile(
          "(?s)The audit trail +(\\S+)\n.*?\n(# .*?)\n# Watch.*?Ctrl-C stops everything");
  private static final Pattern BACK = Pattern.compile("authorization server is back");
  private static final Pattern PROMISE = Pattern.compile("\\b([1-5]\\d\\d)\\b");
  private static final Pattern STATUS_LINE = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3})");

  private final int samplePort = FreePort.find();
  private final int serverPort = FreePort.find();

  @Test
  void sample_doesWhatItPrints_andEndsWithoutTrace() throws Exception {
    assumeTrue(
        Newcomer.isPossible("curl", "git", "mvn"),
        "The lines of the sample are for a shell with curl, and git says what a clone holds.");
    try (Newcomer newcomer = Newcomer.starts(command())) {
      Matcher instructions = newcomer.awaitPrinted(INSTRUCTIONS, START);
      AuditFile audit = new AuditFile(Path.of(instructions.group(1)));
      String lines = instructions.group(2);
      assertPageIsServed();

      int before = audit.size();
      String answers = Newcomer.runs(lines);

      assertEquals(promised(lines), statusCodes(answers), answers);
      assertEquals(promised(lines), recorded(audit, before, promised(lines).size()));
      newcomer.awaitPrinted(BACK, RECOVERY);
      assertEndsWithoutTrace(newcomer);
    }
  }

  /** As it stands in the README, but for the ports and the place of what was downloaded before. */
  private String command() throws IOException {
    Matcher command = FIRST_COMMAND.matcher(Files.readString(Path.of("README.md")));
    assertTrue(command.find());
    return "%s -B -ntp -Dmaven.repo.local='%s' -Dsample.port=%d -Das.port=%d"
        .formatted(
            command.group(1), System.getProperty("maven.repository"), samplePort, serverPort);
  }

  private void assertPageIsServed() throws IOException {
    Response page = RawHttp.get(samplePort, "/");

    assertEquals(200, page.status());
    assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
    assertTrue(page.body().contains("<title>"), page::body);
  }

  /** Each line that shows a response keeps what the comment above it says. */
  private static List<String> promised(String lines) {
    List<String> codes = new ArrayList<>();
    String promise = "";
    for (String line : lines.lines().toList()) {
      if (line.startsWith("#")) {
        List<String> numbers = all(PROMISE, line);
        promise = numbers.get(numbers.size() - 1);
      } else if (line.startsWith("curl -i")) {
        codes.add(promise);
      }
    }
    assertFalse(codes.isEmpty(), lines);
    return codes;
  }

  private static List<String> statusCodes(String answers) {
    return all(STATUS_LINE, answers);
  }

  private static List<String> recorded(AuditFile audit, int before, int number) throws Exception {
    return audit.awaitAfter(before, "request", number).stream()
        .map(entry -> entry.get("responseCode"))
        .toList();
  }

  private void assertEndsWithoutTrace(Newcomer newcomer) throws Exception {
    List<ProcessHandle> processes = newcomer.processes();
    assertTrue(processes.size() >= 4, processes::toString); // two Mavens, Jetty, the server

    newcomer.terminate();

    Polling.await(
        END,
        () -> "still running: " + processes.stream().filter(ProcessHandle::isAlive).toList(),
        () ->
            processes.stream().noneMatch(ProcessHandle::isAlive)
                ? Optional.of(true)
                : Optional.empty());
    assertTrue(FreePort.isFree(samplePort));
    assertTrue(FreePort.isFree(serverPort));
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
