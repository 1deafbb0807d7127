/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Tomcat 11 with the JAR among its own libraries, for all applications. */
@Cell("tomcat-11-shared")
@KnownDifference(
    check = "finding1_missingClass_servesNothing",
    reason = "The JAR is the server's: the application that is to bring a damaged one has none.")
class Tomcat11SharedIT extends ContainerCell implements ServletContract {

  @Override
  protected Container start() throws Exception {
    return TomcatServer.startWithSharedJar("tomcat11");
  }
}
