/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Open Liberty 26 with all of Jakarta EE 10. */
@Cell("liberty-26-jakartaee-10")
@KnownDifference(
    check = "constrainedPath_isClosedByTheContainer",
    reason =
        "To a security-constraint without a login-config Open Liberty answers 401, before any filter.")
@KnownDifference(
    check = "finding7_injectedPrincipal_isThatOfTheToken",
    reason =
        "Open Liberty injects the caller that it has logged in, UNAUTHENTICATED; without the filter too.")
class LibertyIT extends JakartaCell {

  @Override
  protected Container start() throws Exception {
    return LibertyServer.start("jakartaee-10.0");
  }
}
