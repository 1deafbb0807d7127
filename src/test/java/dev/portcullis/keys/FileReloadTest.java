/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.TestingAuthority;
import dev.portcullis.testing.TestingAuthority.Issued;
import dev.portcullis.testing.TestingAuthority.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReloadTest {

  private static final String LOGGER = "dev.portcullis.keys.FileReloadTest";

  @TempDir private Path folder;
  private final List<String> trail = new ArrayList<>();
  private final CapturedLog log = CapturedLog.of(LOGGER);
  private Instant now = Instant.now();
  private boolean isBroken;
  private int readings;
  private Path file;
  private FileReload reload;

  @BeforeEach
  void watch() throws Exception {
    file = Files.writeString(folder.resolve("file"), "1");
    reload = new FileReload(this::record, () -> now, System.getLogger(LOGGER));
    reload.watch("some.setting", List.of(file), this::read);
  }

  @AfterEach
  void end() {
    reload.close();
    log.close();
  }

  private void record(AuditEvent event) {
    trail.add(
        event.get(AuditField.KIND).orElse("") + ": " + event.get(AuditField.DETAIL).orElse(""));
  }

  private void read() throws UnusableFileException {
    readings++;
    if (isBroken) {
      throw new UnusableFileException("some.setting", "is broken.");
    }
  }

  @Test
  @DisplayName("CAU-07: a file is read after a change, and only then")
  void change_isReadOnce() throws Exception {
    reload.look();
    assertEquals(0, readings);
    Files.writeString(file, "22");
    reload.look();
    reload.look();
    assertEquals(1, readings);
    assertEquals(List.of("file-reloaded: some.setting"), trail);
  }

  @Test
  @DisplayName(
      "CAU-07: what cannot be used is told once, again after a change, and when it is over")
  void brokenFile_isToldOnceForEachChange() throws Exception {
    isBroken = true;
    for (String content : List.of("22", "333")) {
      Files.writeString(file, content);
      reload.look();
      reload.look();
    }
    isBroken = false;
    Files.delete(file);
    reload.look();
    String alarm = "file-unusable: some.setting: is broken.";
    assertEquals(List.of(alarm, alarm, "file-reloaded: some.setting"), trail);
    assertEquals(2, log.linesAt(Level.SEVERE).size());
  }

  @Test
  @DisplayName("CAU-07: a certificate that runs out is told once, and so is the next one")
  void expiry_isToldOnceForEachCertificate() throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root")) {
      List<KeyEntry> inUse = new ArrayList<>();
      for (int hours = 1; hours <= 2; hours++) {
        Instant end = now.plusSeconds(hours * 3600L);
        Issued issued = root.server("rs-" + hours, Status.NOWHERE, now.minusSeconds(60), end);
        inUse.add(new KeyEntry(issued.key(), issued.chain()));
      }
      reload.watchValidity("client.key-pair", () -> inUse.get(0));
      now = inUse.get(0).certificate().getNotAfter().toInstant();
      reload.checkValidity();
      assertEquals(List.of(), trail); // its last moment counts (RFC 5280 section 4.1.2.5)
      now = now.plusMillis(1);
      reload.checkValidity();
      reload.checkValidity();
      assertEquals(1, trail.size());
      inUse.remove(0);
      reload.checkValidity();
      assertEquals(1, trail.size());
      now = now.plusSeconds(3600);
      reload.checkValidity();
      reload.checkValidity();
      assertEquals(2, trail.size());
      String told = "certificate-expired: client.key-pair: the certificate has expired: CN=rs-";
      assertEquals(2, trail.stream().filter(line -> line.startsWith(told)).count());
      assertEquals(2, log.linesAt(Level.SEVERE).size());
    }
  }

  @Test
  @DisplayName("CAU-07: one that had run out before is told by who starts with it")
  void expiryBeforeTheStart_isNoNews() throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Issued issued =
          root.server("rs", Status.NOWHERE, now.minusSeconds(3600), now.minusSeconds(60));
      KeyEntry entry = new KeyEntry(issued.key(), issued.chain());
      reload.watchValidity("client.key-pair", () -> entry);
      reload.checkValidity();
      assertEquals(List.of(), trail);
    }
  }
}
