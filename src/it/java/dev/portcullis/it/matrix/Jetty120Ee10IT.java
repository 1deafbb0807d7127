/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Jetty 12.0. */
@Cell("jetty-12.0-ee10")
class Jetty120Ee10IT extends ContainerCell implements ServletContract {

  @Override
  protected Container start() throws Exception {
    return JettyServer.start("12.0", "ee10");
  }
}
