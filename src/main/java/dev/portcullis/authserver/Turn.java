/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.TargetHealth.Admission;

/**
 * A target that may be sent a request now, as usual or to find out whether it is back.
 *
 * @param token digest of the token that the request is about
 * @param began when, as a number that only grows
 */
record Turn(TargetHealth health, Admission admission, String token, long began) {

  Target target() {
    return health.target();
  }

  boolean isProbe() {
    return admission == Admission.PROBE;
  }
}
