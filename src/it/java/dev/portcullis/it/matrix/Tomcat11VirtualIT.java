/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Tomcat 11 with virtual threads. */
@Cell(value = "tomcat-11-virtual", java = 21)
class Tomcat11VirtualIT extends ContainerCell implements ServletContract {

  @Override
  protected Container start() throws Exception {
    return TomcatServer.start("tomcat11", " useVirtualThreads=\"true\"");
  }
}
