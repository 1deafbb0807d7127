/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.Site;
import dev.portcullis.it.SpringAuthorizationServer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A container with all checks. It is started once, with the guarded application, and stays that
 * way; what other applications a check needs, it deploys and takes away.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(CellReport.class)
public abstract class ContainerCell implements MatrixContract {

  private Container container;
  private Site site;
  private String version = "";
  private String java = "";

  /** For cells. */
  protected ContainerCell() {}

  /** Starts the container, with no application of ours. */
  protected abstract Container start() throws Exception;

  @BeforeAll
  final void open() throws Exception {
    container = start();
    version = container.version();
    java = javaVersion(container);
    GuardedWebapp webapp = GuardedWebapp.asking(SpringAuthorizationServer.shared());
    site = new Site(webapp, container.port());
    assertTrue(container.deploy(webapp.matrixWar(Site.WAR)), container::log);
  }

  @AfterAll
  final void close() throws Exception {
    if (container != null) {
      container.close();
    }
  }

  @Override
  public final Container container() {
    return container;
  }

  @Override
  public final Site site() {
    return site;
  }

  @Override
  public final String containerName() {
    return getClass().getAnnotation(Cell.class).value();
  }

  /** What the head of its report says. */
  final String head() {
    return String.join(
        "\t", containerName(), version, java, LocalDate.now(ZoneOffset.UTC).toString());
  }

  private static String javaVersion(Container container) throws Exception {
    ObjectName runtime = new ObjectName("java.lang:type=Runtime");
    return (String) container.beans().getAttribute(runtime, "SpecVersion");
  }
}
