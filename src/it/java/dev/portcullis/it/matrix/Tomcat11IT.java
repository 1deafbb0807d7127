/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Tomcat 11. */
@Cell("tomcat-11")
class Tomcat11IT extends ContainerCell implements ServletContract {

  @Override
  protected Container start() throws Exception {
    return TomcatServer.start("tomcat11");
  }
}
