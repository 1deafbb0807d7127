/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.Polling;
import dev.portcullis.it.Site;
import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import dev.portcullis.testing.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In every container: an application that was taken away leaves nothing of the filter behind. */
public interface RedeployContract {

  /** How often it is deployed. */
  int TIMES = 10;

  /** The container. */
  Container container();

  /** Where another application is served all the while. */
  Site site();

  @Test
  @DisplayName("Finding 5: after 10 redeployments class loaders, threads and beans are as before")
  default void finding5_redeployments_leaveNothing() throws Exception {
    GuardedWebapp webapp = GuardedWebapp.asking(site().server());
    WebArchive war = webapp.matrixWar("again.war");
    Traces before = Traces.in(container().beans());
    for (int i = 0; i < TIMES; i++) {
      assertTrue(container().deploy(war), container()::log);
      use();
      container().undeploy(war.getName());
    }
    AtomicReference<Traces> after = new AtomicReference<>();
    Polling.await(
        Duration.ofSeconds(15),
        () -> "there is more than before: " + before + ", after: " + after,
        () -> {
          after.set(Traces.in(container().beans()));
          return Optional.of(after.get()).filter(now -> now.isNoMoreThan(before));
        });
  }

  /** So that everything is in use that a filter may have. */
  private void use() throws Exception {
    String bearer = Site.bearer(site().server().token(TokenClient.OPAQUE, "orders:read"));
    for (String path : new String[] {GuardedWebapp.ECHO, GuardedWebapp.CACHED}) {
      assertEquals(200, get(path, bearer).status());
      assertEquals(401, get(path, Site.bearer("unknown")).status());
    }
  }

  private RawHttp.Response get(String path, String field) throws IOException {
    return RawHttp.get(container().port(), "/again" + path, field);
  }
}
