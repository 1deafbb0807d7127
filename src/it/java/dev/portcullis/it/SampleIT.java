/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.it.AuditFile.Entry;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The first command of the README, in a fresh clone, up to the signal that ends it: its page in a
 * browser, and the lines that it prints in a shell.
 */
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
  private static final Pattern SHOWS_ANSWER = Pattern.compile("curl -s?i.*");

  /** An exchange that the page shows, by the status of the answer. */
  private static final Pattern EXCHANGE = Pattern.compile("<h3>[^<]*<span[^>]*>(\\d{3})</span>");

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
      assertPageShowsDpop(audit);

      int before = audit.size();
      String answers = newcomer.pastes(lines);

      assertEquals(promised(lines), statusCodes(answers), answers);
      List<Entry> requests = audit.awaitAfter(before, "request", promised(lines).size());
      assertEquals(promised(lines), members(requests, "responseCode"));
      assertEquals(
          List.of("dpop_downgrade", "dpop_nonce_missing", "passed", "dpop_replay"),
          outcomes(requests.stream().filter(SampleIT::isAboutDpop).toList()));
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

  /** With keys and signatures of the browser's own making (WebCrypto). */
  private void assertPageShowsDpop(AuditFile audit) throws Exception {
    int before = audit.size();

    String page =
        Browser.open(
            "http://127.0.0.1:%d/#bound-token,replayed-proof,stolen-token,foreign-key"
                .formatted(samplePort));

    List<String> exchanges = new ArrayList<>(all(EXCHANGE, page));
    Collections.reverse(exchanges); // the page has the latest on top
    List<String> bound = List.of("200", "401", "200");
    List<String> replayed = List.of("200", "200", "401");
    List<String> refused = List.of("200", "401");
    assertEquals(
        Stream.of(bound, replayed, refused, refused).flatMap(List::stream).toList(),
        exchanges,
        page);
    assertEquals(
        List.of(
            "dpop_nonce_missing",
            "passed",
            "passed",
            "dpop_replay",
            "dpop_downgrade",
            "dpop_key_mismatch"),
        outcomes(audit.awaitAfter(before, "request", 6)));
  }

  private static boolean isAboutDpop(Entry entry) {
    return entry.get("authMech").equals("OAuth-DPoP") || outcome(entry).startsWith("dpop_");
  }

  private static List<String> outcomes(List<Entry> requests) {
    return requests.stream().map(SampleIT::outcome).toList();
  }

  /** Which check failed. */
  private static String outcome(Entry request) {
    String failed = request.get("failedRuleType");
    return failed.isEmpty() ? "passed" : failed;
  }

  private static List<String> members(List<Entry> entries, String name) {
    return entries.stream().map(entry -> entry.get(name)).toList();
  }

  /** Each line that shows a response keeps what the comment above it says. */
  private static List<String> promised(String lines) {
    List<String> codes = new ArrayList<>();
    String promise = "";
    for (String line : lines.lines().toList()) {
      if (line.startsWith("#")) {
        List<String> numbers = all(PROMISE, line);
        promise = numbers.isEmpty() ? "" : numbers.get(numbers.size() - 1);
      } else if (SHOWS_ANSWER.matcher(line).matches()) {
        codes.add(promise);
      }
    }
    assertFalse(codes.isEmpty(), lines);
    return codes;
  }

  private static List<String> statusCodes(String answers) {
    return all(STATUS_LINE, answers);
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
