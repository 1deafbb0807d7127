/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

/** The packaged JAR in Jetty 12.1. */
class Jetty121IT extends JettyContract {

  Jetty121IT() {
    super("12.1", "ee11");
  }
}
