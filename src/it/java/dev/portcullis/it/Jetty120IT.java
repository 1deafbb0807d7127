/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

/** The packaged JAR in Jetty 12.0. */
class Jetty120IT extends JettyContract {

  Jetty120IT() {
    super("12.0", "ee10");
  }
}
