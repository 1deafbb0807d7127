/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import java.io.IOException;
import javax.management.MBeanServerConnection;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A container that runs, to which applications are deployed while it does, and from which they are
 * taken again. An archive's name is its context path: {@code again.war} is {@code /again}. For one
 * thread at a time.
 */
public interface Container extends AutoCloseable {

  /** Where it listens on the loopback interface. */
  int port();

  /** Its version, as it tells it itself where it does. */
  String version();

  /**
   * Deploys an application, in place of one of the same name, and returns when the container is
   * done with it.
   *
   * @return whether the container says that the application runs; what it answers is another matter
   */
  boolean deploy(WebArchive application) throws Exception;

  /** Takes an application away, started or not, and returns when that is done. */
  void undeploy(String archive) throws Exception;

  /** What container and applications have written to the server's log so far. */
  String log();

  /** The platform MBeans of the container's virtual machine. */
  MBeanServerConnection beans() throws Exception;

  @Override
  void close() throws IOException;
}
