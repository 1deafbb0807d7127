/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

/** Payara Micro 6. */
@Cell("payara-micro-6")
@KnownDifference(
    check = "constrainedPath_isClosedByTheContainer",
    reason =
        "To a security-constraint without a login-config Payara answers 401, before any filter.")
@KnownDifference(
    check = "ambiguousSpelling_isRefusedAsSuch",
    reason = "Payara itself answers what it cannot decode, by 200 and nothing, and /..; by 301.")
@KnownDifference(
    check = "ambiguousPath_isRefused",
    with = "/guarded/echo%",
    reason = "Payara itself answers what it cannot decode, by 200 and nothing.")
@KnownDifference(
    check = "ambiguousPath_isRefused",
    with = "/guarded/echo%zz",
    reason = "Payara itself answers what it cannot decode, by 200 and nothing.")
@KnownDifference(
    check = "ambiguousPath_isRefused",
    with = "/guarded/ech%6",
    reason = "Payara itself answers what it cannot decode, by 200 and nothing.")
class PayaraMicroIT extends JakartaCell {

  @Override
  protected Container start() throws Exception {
    return PayaraMicroServer.start();
  }
}
