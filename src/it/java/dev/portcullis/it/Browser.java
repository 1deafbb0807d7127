/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A browser without a screen: Chromium, with nothing left of an earlier run. */
public final class Browser {

  /** In the time of the page, which stands still while the page waits for an answer. */
  private static final int PAGE_MILLIS = 30_000;

  private static final long LIMIT_SECONDS = 60;

  private Browser() {}

  /** Opens an address and returns the page as its script has made it. */
  public static String open(String address) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "browser-").toAbsolutePath();
    Path page = folder.resolve("page.html");
    Process browser =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox", // not possible for root
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking", // nor anything else that asks far away hosts
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--no-proxy-server",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=" + PAGE_MILLIS,
                "--dump-dom",
                address)
            .redirectOutput(page.toFile())
            .redirectError(folder.resolve("browser.log").toFile())
            .start();
    if (!browser.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
      throw new IOException("The browser does not end, see " + folder);
    }
    return Files.readString(page);
  }
}
