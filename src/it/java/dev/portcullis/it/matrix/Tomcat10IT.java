/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Tomcat 10.1. */
@Cell("tomcat-10.1")
class Tomcat10IT extends ContainerCell implements ServletContract {

  @Override
  protected Container start() throws Exception {
    return TomcatServer.start("tomcat10");
  }
}
