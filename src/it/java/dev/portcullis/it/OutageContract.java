/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In every container: what the filter depends on is gone for a while. */
public interface OutageContract {

  /** Where the application is served. */
  Site site();

  /** No decision means no entry; what is known stays known; nothing has to be restarted. */
  @Test
  @DisplayName(
      "Authorization server stopped: 503, known tokens pass; started: served (ERR-14, INT-12)")
  default void stoppedServer_isUnavailableUntilItIsBack() throws Exception {
    SpringAuthorizationServer server = site().server();
    String known = server.token(TokenClient.OPAQUE, "orders:read");
    assertEquals(200, site().getWith(known, GuardedWebapp.CACHED).status());
    server.stop();
    try {
      for (String path : List.of(GuardedWebapp.ECHO, GuardedWebapp.WRITE)) {
        unavailable(known, path);
      }
      unavailable("not-known", GuardedWebapp.CACHED);
      assertEquals(200, site().getWith(known, GuardedWebapp.CACHED).status());
      Refusal.UNAUTHENTICATED.matches(site().get(GuardedWebapp.ECHO));
    } finally {
      server.start();
    }
    String fresh = server.token(TokenClient.OPAQUE, "orders:read");
    awaitServed(fresh, GuardedWebapp.ECHO);
    assertEquals(200, site().getWith(fresh, GuardedWebapp.CACHED).status());
  }

  /** Where nothing may happen unrecorded, nothing happens. */
  @Test
  @DisplayName("Audit file gone, audit.on-failure = reject: 503, served when it is back")
  default void brokenAuditTrail_isUnavailableUntilItIsBack() throws Exception {
    String token = site().server().token(TokenClient.OPAQUE, "orders:read");
    Path directory = site().webapp().strictAudit().path().getParent();
    int before = site().webapp().strictAudit().size();
    assertEquals(200, site().getWith(token, GuardedWebapp.AUDITED).status());
    site().webapp().strictAudit().awaitAfter(before, "request", 1); // else it makes the file anew
    delete(directory);
    try {
      // The very request whose entry is the first to fail may still pass.
      Response response =
          Polling.await(
              Duration.ofSeconds(10),
              () -> "requests pass without being recorded",
              () ->
                  Optional.of(site().getWith(token, GuardedWebapp.AUDITED))
                      .filter(answer -> answer.status() != 200));
      Refusal.UNAVAILABLE.matches(response);
      assertEquals("1", response.header("Retry-After"));
      assertEquals(200, site().getWith(token, GuardedWebapp.ECHO).status());
    } finally {
      Files.createDirectory(directory);
    }
    awaitServed(token, GuardedWebapp.AUDITED);
    int lines = site().webapp().strictAudit().size();
    assertEquals(200, site().getWith(token, GuardedWebapp.AUDITED).status());
    site().webapp().strictAudit().awaitAfter(lines, "request", 1);
  }

  private void unavailable(String token, String path) throws Exception {
    long start = System.nanoTime();
    Response response =
        Refusal.UNAVAILABLE.expect(site(), "as_unavailable", () -> site().getWith(token, path));
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    int retryAfter = Integer.parseInt(response.header("Retry-After"));
    assertTrue(retryAfter >= 1 && retryAfter <= 60, response::toString);
    assertTrue(time.compareTo(GuardedWebapp.DEADLINE.plusSeconds(1)) < 0, time::toString);
  }

  private void awaitServed(String token, String path) throws Exception {
    Polling.await(
        Duration.ofSeconds(10),
        () -> path + " is not served again",
        () -> Optional.of(site().getWith(token, path)).filter(answer -> answer.status() == 200));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
