/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.Site;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RawHttp.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * In every container: an application whose filter cannot start serves nothing, whether the
 * container refuses it or not. At its first deployment and in place of one that served.
 */
public interface StartContract {

  /** How many requests to try it by. */
  int REQUESTS = 1_000;

  /** Where that application is put. */
  String NAME = "wrong";

  /** The container. */
  Container container();

  /** Where the right application is served. */
  Site site();

  /** Some containers drop a filter that throws, and serve the application without it. */
  @Test
  @DisplayName("Finding 1: a wrong setting leaves nothing open")
  default void finding1_wrongSetting_servesNothing() throws Exception {
    servesNothing(Fault.WRONG_SETTING);
  }

  @Test
  @DisplayName("Finding 1: an unreadable file of settings leaves nothing open")
  default void finding1_unreadableFile_servesNothing() throws Exception {
    servesNothing(Fault.UNREADABLE_FILE);
  }

  @Test
  @DisplayName("Finding 1: a class that is missing in the JAR leaves nothing open")
  default void finding1_missingClass_servesNothing() throws Exception {
    servesNothing(Fault.MISSING_CLASS);
  }

  @Test
  @DisplayName("Finding 1: an Error while the filter starts leaves nothing open")
  default void finding1_errorInInit_servesNothing() throws Exception {
    servesNothing(Fault.ERROR_IN_INIT);
  }

  private void servesNothing(Fault fault) throws Exception {
    GuardedWebapp webapp = GuardedWebapp.asking(site().server());
    String archive = NAME + ".war";
    try {
      refusedDeployment(fault, webapp, archive);
      container().undeploy(archive);
      assertTrue(container().deploy(webapp.matrixWar(archive)), container()::log);
      assertEquals(GuardedWebapp.OPEN_TEXT, get(GuardedWebapp.OPEN).body());
      refusedDeployment(fault, webapp, archive);
    } finally {
      container().undeploy(archive);
    }
  }

  private void refusedDeployment(Fault fault, GuardedWebapp webapp, String archive)
      throws Exception {
    int before = container().log().length();
    container().deploy(fault.in(webapp, archive));
    List<String> paths = paths();
    for (String path : paths) {
      closed(get(path)); // some containers start a filter when it is first needed
    }
    String said = container().log().substring(before);
    assertTrue(said.contains(fault.said()), () -> fault + " is not told in: " + said);
    for (int i = 0; i < REQUESTS; i++) {
      closed(get(paths.get(i % paths.size())));
    }
    long messages = messages(container().log().substring(before), fault);
    assertEquals(messages(said, fault), messages, "told again for each request");
  }

  private static long messages(String log, Fault fault) {
    return log.lines().filter(line -> line.contains(fault.said())).count();
  }

  /** Protected, excluded, of the other filters, unknown, and what the container adds. */
  private static List<String> paths() {
    return List.of(
        GuardedWebapp.OPEN,
        GuardedWebapp.PUBLIC,
        GuardedWebapp.ECHO,
        GuardedWebapp.VAULT,
        GuardedWebapp.CACHED_VAULT,
        GuardedWebapp.AUDITED,
        GuardedWebapp.ERROR + "?401",
        GuardedWebapp.DISPATCH + "?forward:/guarded/vault",
        "/unknown",
        "/");
  }

  private Response get(String path) throws IOException {
    return RawHttp.get(container().port(), "/" + NAME + path);
  }

  private static void closed(Response response) {
    assertTrue(response.status() >= 400, response::toString);
    GuardedWebapp.MARKS.forEach(
        mark -> assertTrue(!response.body().contains(mark), response::toString));
  }
}
