/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** GlassFish 7. */
@Cell("glassfish-7")
@KnownDifference(
    check = "constrainedPath_isClosedByTheContainer",
    reason =
        "To a security-constraint without a login-config GlassFish answers 401, before any filter.")
@KnownDifference(
    check = "ambiguousSpelling_isRefusedAsSuch",
    reason = "GlassFish itself answers what it cannot decode, by 200 and nothing, and /..; by 301.")
@KnownDifference(
    check = "ambiguousPath_isRefused",
    with = "/guarded/echo%",
    reason = "GlassFish itself answers what it cannot decode, by 200 and nothing.")
@KnownDifference(
    check = "ambiguousPath_isRefused",
    with = "/guarded/echo%zz",
    reason = "GlassFish itself answers what it cannot decode, by 200 and nothing.")
@KnownDifference(
    check = "ambiguousPath_isRefused",
    with = "/guarded/ech%6",
    reason = "GlassFish itself answers what it cannot decode, by 200 and nothing.")
class GlassFish7IT extends JakartaCell {

  @Override
  protected Container start() throws Exception {
    return GlassFishServer.start("7", Jdk.atLeast(17).orElseThrow());
  }
}
