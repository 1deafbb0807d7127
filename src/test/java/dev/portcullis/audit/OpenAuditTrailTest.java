/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditSink;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.testing.CapturedLog;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OpenAuditTrailTest {

  @TempDir Path directory;

  @Test
  void logSink_writesOneLineAtInfoToTheNamedLogger() throws Exception {
    try (CapturedLog log = CapturedLog.of("shop.audit")) {
      Settings settings = Settings.of("audit.logger-name", "shop.audit", "audit.format", "pipe");
      try (AuditTrail trail = AuditTrail.open(settings.read(), "f1", new AuditFiles())) {
        trail.record(Entries.numbered(1));
      }
      assertEquals(List.of(AuditFormat.PIPE.line(Entries.numbered(1))), log.linesAt(Level.INFO));
    }
  }

  @Test
  void loggerWithoutInfo_isFailureAndNotSilence() throws Exception {
    try (CapturedLog log = CapturedLog.of("oauth.audit");
        CapturedLog serverLog = CapturedLog.ofServer()) {
      log.setLoggerLevel(Level.WARNING);
      try (AuditTrail trail = AuditTrail.open(Settings.of().read(), "f2", new AuditFiles())) {
        trail.record(Entries.numbered(1));
      }
      assertEquals(List.of(), log.lines());
      assertEquals(2, serverLog.lines().size());
      assertTrue(serverLog.lines().get(0).contains("oauth.audit is not enabled for INFO"));
    }
  }

  @Test
  void openTrail_hasOneDaemonThreadNamedAfterFilterUntilItIsClosed() throws Exception {
    AuditTrail trail = AuditTrail.open(Settings.of().read(), "f3", new AuditFiles());
    Thread thread = TestTrail.thread("portcullis-audit-f3").orElseThrow();
    assertTrue(thread.isDaemon());

    trail.close();

    assertFalse(thread.isAlive());
  }

  @Test
  void thread_hasClassLoaderOfTheApplication() throws Exception {
    Thread caller = Thread.currentThread();
    ClassLoader before = caller.getContextClassLoader();
    try (URLClassLoader application = new URLClassLoader(new URL[0], before)) {
      caller.setContextClassLoader(application);
      try (AuditTrail trail = AuditTrail.open(Settings.of().read(), "f14", new AuditFiles())) {
        assertTrue(trail.isOn());
        Thread thread = TestTrail.thread("portcullis-audit-f14").orElseThrow();
        assertSame(application, thread.getContextClassLoader());
      }
    } finally {
      caller.setContextClassLoader(before);
    }
  }

  @Test
  void noSinks_haveNoThread() throws Exception {
    Settings settings = Settings.of("audit.sinks", "none");
    try (AuditTrail trail = AuditTrail.open(settings.read(), "f4", new AuditFiles())) {
      assertFalse(trail.isOn());
      assertTrue(TestTrail.thread("portcullis-audit-f4").isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  @DisplayName("LOG-04: reject counts where requests have entries, and there only")
  void brokenSinkAndReject_admitWhereRequestsHaveNoEntries(String requests, boolean admits)
      throws Exception {
    Settings settings = Settings.of("audit.on-failure", "reject", "audit.requests", requests);
    try (CapturedLog log = CapturedLog.of("oauth.audit");
        CapturedLog serverLog = CapturedLog.ofServer();
        AuditTrail trail = AuditTrail.open(settings.read(), "f12", new AuditFiles())) {
      assertTrue(trail.admits());
      log.setLoggerLevel(Level.WARNING);
      trail.record(Entries.numbered(1));
      while (serverLog.lines().isEmpty()) {
        Thread.onSpinWait();
      }

      assertEquals(admits, trail.admits());
    }
  }

  @Test
  void customSink_isOpenedWithItsSettingsAndGivenEntries() throws Exception {
    Path out = directory.resolve("custom.txt");
    Settings settings =
        Settings.of(
            "audit.sinks",
            "mine",
            "audit.mine.class",
            WritesToPath.class.getName(),
            "audit.mine.path",
            out.toString(),
            "audit.mine.title.long",
            "Entries");

    try (AuditTrail trail = AuditTrail.open(settings.read(), "f5", new AuditFiles())) {
      trail.record(Entries.numbered(1));
      trail.record(Entries.numbered(2));
    }

    assertEquals("[path, title.long] r1 r2 closed", Files.readString(out));
  }

  @Test
  void classInTheList_isOpenedWithSettingsBelowItsName() throws Exception {
    Path out = directory.resolve("custom.txt");
    String name = WritesToPath.class.getName();
    Settings settings = Settings.of("audit.sinks", name, "audit." + name + ".path", out.toString());

    try (AuditTrail trail = AuditTrail.open(settings.read(), "f6", new AuditFiles())) {
      trail.record(Entries.numbered(1));
    }

    assertEquals("[path] r1 closed", Files.readString(out));
  }

  @Test
  void sinksThatCannotBeOpened_stopTheStartTogether() throws Exception {
    Path file = directory.resolve("audit.json");
    AuditFiles others = new AuditFiles();
    AuditFile held = others.acquire(file);
    Settings settings =
        Settings.of(
            "audit.sinks", "mine, file",
            "audit.mine.class", WritesToPath.class.getName(),
            "audit.file", file.toString());
    AuditSettings read = settings.read();

    InvalidConfigurationException e =
        assertThrows(
            InvalidConfigurationException.class,
            () -> AuditTrail.open(read, "f7", new AuditFiles()));

    assertEquals(
        List.of(
            "audit.mine.class: '"
                + WritesToPath.class.getName()
                + "' cannot be opened: java.lang.IllegalArgumentException: path is missing",
            "audit.file: is in use by another application."),
        e.problems());
    assertTrue(TestTrail.thread("portcullis-audit-f7").isEmpty());
    others.release(held);
  }

  @Test
  void failedStart_leavesFileFreeForOthers() throws Exception {
    Path file = directory.resolve("audit.json");
    AuditSettings settings =
        Settings.of(
                "audit.sinks", "file, mine",
                "audit.mine.class", WritesToPath.class.getName(),
                "audit.file", file.toString())
            .read();
    assertThrows(
        InvalidConfigurationException.class,
        () -> AuditTrail.open(settings, "f8", new AuditFiles()));

    AuditFiles others = new AuditFiles();

    others.release(others.acquire(file));
  }

  @Test
  void fileInDirectoryThatCannotBeMade_isReportedByKey() throws Exception {
    Path notDirectory = Files.writeString(directory.resolve("plain"), "");
    Path file = notDirectory.resolve("audit.json");
    AuditSettings settings =
        Settings.of("audit.sinks", "file", "audit.file", file.toString()).read();

    InvalidConfigurationException e =
        assertThrows(
            InvalidConfigurationException.class,
            () -> AuditTrail.open(settings, "f9", new AuditFiles()));

    assertTrue(e.problems().get(0).startsWith("audit.file: cannot be opened: "), e.getMessage());
  }

  @Test
  void twoFiltersOfOneApplication_shareTheFileAndKeepTheirFormats() throws Exception {
    Path file = directory.resolve("logs/deep/audit.log");
    AuditFiles files = new AuditFiles();
    Settings first = Settings.of("audit.sinks", "file", "audit.file", file.toString());
    Settings second =
        Settings.of(
            "audit.sinks", "file",
            "audit.file", directory.resolve("logs/./deep/../deep/audit.log").toString(),
            "audit.format", "pipe");
    AuditTrail one = AuditTrail.open(first.read(), "f10", files);
    AuditTrail two = AuditTrail.open(second.read(), "f11", files);

    one.record(Entries.numbered(1));
    one.close();
    two.record(Entries.numbered(2));
    two.close();

    assertEquals(
        List.of(
            AuditFormat.JSON.line(Entries.numbered(1)), AuditFormat.PIPE.line(Entries.numbered(2))),
        Files.readAllLines(file));
    AuditFiles others = new AuditFiles();
    others.release(others.acquire(file));
  }

  /** Writes what it is told into the file that its setting names. */
  public static final class WritesToPath implements AuditSink {

    private final StringBuilder text = new StringBuilder();
    private Path path = Path.of("");

    @Override
    public void open(Map<String, String> settings) {
      if (!settings.containsKey("path")) {
        throw new IllegalArgumentException("path is missing");
      }
      path = Path.of(settings.get("path"));
      text.append(settings.keySet().stream().sorted().toList());
    }

    @Override
    public void write(AuditEvent event) {
      text.append(' ').append(Entries.id(event));
    }

    @Override
    public void close() throws IOException {
      Files.writeString(path, text.append(" closed"));
    }
  }
}
