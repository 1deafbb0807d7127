/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The contract in a Jetty that is started for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class JettyContract
    implements ContainerContract, EndingContract, PathContract, StreamContract {

  private final String version;
  private final String edition;
  private JettyProcess jetty;
  private Site site;

  /**
   * Tests in a Jetty.
   *
   * @param line its line of versions, as in the names of the system properties that tell of it
   * @param edition the Jakarta EE version, {@code ee10} or {@code ee11}
   */
  JettyContract(String line, String edition) {
    this.version = line;
    this.edition = edition;
  }

  @BeforeAll
  void start() throws Exception {
    GuardedWebapp webapp = GuardedWebapp.asking(SpringAuthorizationServer.shared());
    jetty =
        JettyProcess.startWithWebSocket(
            "jetty" + version + ".home", edition, webapp.jettyWar(Site.WAR, edition));
    site = new Site(webapp, jetty.port());
  }

  @AfterAll
  void stop() {
    jetty.close();
  }

  @Override
  public Site site() {
    return site;
  }

  @Override
  public String containerName() {
    return "jetty-" + version;
  }

  @Test
  void container_isTheOneMeant() throws Exception {
    String expected = "Jetty(" + System.getProperty("jetty" + version + ".version") + ")";

    assertEquals(expected, site().get(GuardedWebapp.OPEN).header("Server"));
  }
}
