/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Jetty 12.1 with Jakarta EE 10. */
@Cell("jetty-12.1-ee10")
class Jetty121Ee10IT extends ContainerCell implements ServletContract {

  @Override
  protected Container start() throws Exception {
    return JettyServer.start("12.1", "ee10");
  }
}
