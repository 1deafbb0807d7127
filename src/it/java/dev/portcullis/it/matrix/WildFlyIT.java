/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** WildFly 39. */
@Cell("wildfly-39")
@KnownDifference(
    check = "constrainedPath_isClosedByTheContainer",
    reason =
        "To a security-constraint without a login-config WildFly answers 500, before any filter.")
@KnownDifference(
    check = "malformedField_isRefused",
    with = "Bearer\ttoken",
    reason = "Undertow hands a tab within a field value to applications as a space.")
@KnownDifference(
    check = "finding7_injectedPrincipal_isThatOfTheToken",
    reason = "WildFly injects the caller that it has logged in, anonymous; without the filter too.")
class WildFlyIT extends JakartaCell {

  @Override
  protected Container start() throws Exception {
    return WildFlyServer.start();
  }
}
