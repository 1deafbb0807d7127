/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The calls that wait for an answer. One that still waits when another, begun a good while later,
 * has been answered is not slow but stuck. Beyond a share of all places such calls are given up,
 * the oldest first, so that tokens a server hangs on leave places for others. When nobody is
 * answered, nobody is given up. Safe for use by several threads.
 */
final class CallsUnderWay {

  private static final long GOOD_WHILE = Duration.ofSeconds(1).toNanos();

  private final int share;
  private final Set<Call> calls = new LinkedHashSet<>();
  private OptionalLong latest = OptionalLong.empty();

  CallsUnderWay(int share) {
    this.share = share;
  }

  synchronized void begin(Call call) {
    calls.add(call);
    giveUpBeyondShare();
  }

  synchronized void end(Call call, boolean isAnswered) {
    calls.remove(call);
    if (isAnswered && (latest.isEmpty() || call.began() - latest.getAsLong() > 0)) {
      latest = OptionalLong.of(call.began());
      giveUpBeyondShare();
    }
  }

  private void giveUpBeyondShare() {
    for (Iterator<Call> oldest = calls.iterator(); calls.size() > share; ) {
      Call call = oldest.next();
      if (latest.isEmpty() || latest.getAsLong() - call.began() < GOOD_WHILE) {
        return;
      }
      oldest.remove();
      call.giveUp();
    }
  }
}
