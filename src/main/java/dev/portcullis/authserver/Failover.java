/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.AuthorizationServerException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds a target that answers: asks one again where that may help, then the next, all by the
 * deadline of the call. An introspection changes nothing (RFC 7662), so that it may be repeated.
 * Safe for use by several threads.
 */
final class Failover {

  private static final String OVERALL_TIMEOUT = "http.overall-timeout";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Targets targets;
  private final Exchanges exchanges;
  private final AuthorizationServerSettings settings;
  private final Timing.Pause pause;
  private final DoubtedTokens doubtedTokens;

  Failover(
      Targets targets, Exchanges exchanges, AuthorizationServerSettings settings, Timing timing) {
    this.doubtedTokens = new DoubtedTokens(timing.nanoTime());
    this.targets = targets;
    this.exchanges = exchanges;
    this.settings = settings;
    this.pause = timing.pause();
  }

  AuthorizationServerReply ask(Call call) throws AuthorizationServerException {
    doubtedTokens.check(call);
    String setting = call.endpoints().addressSetting();
    boolean mayBeOfToken = false;
    Targets.Round round = targets.round(call);
    for (Optional<Turn> turn = round.next(); turn.isPresent(); turn = round.next()) {
      try {
        return ask(turn.get(), call);
      } catch (AttemptFailedException e) {
        setting = call.deadline().hasPassed() ? OVERALL_TIMEOUT : e.failure().setting();
        mayBeOfToken |= e.failure().mayBeOfToken() || call.isGivenUp();
        if (e.failure().endsCall()) {
          throw new AuthorizationServerException(e.failure().kind(), SOON, setting);
        }
      }
      if (call.deadline().hasPassed()) {
        break;
      }
    }
    if (mayBeOfToken) {
      doubtedTokens.add(call, setting);
    }
    throw new AuthorizationServerException(Kind.UNAVAILABLE, round.untilDue(), setting);
  }

  /** Asks one target and notes what that says about it. */
  private AuthorizationServerReply ask(Turn turn, Call call) throws AttemptFailedException {
    boolean settled = false;
    try {
      AuthorizationServerReply reply = repeat(turn, call);
      targets.answered(turn);
      settled = true;
      return reply;
    } catch (AttemptFailedException e) {
      settle(turn, e);
      settled = true;
      throw e;
    } finally {
      if (!settled) {
        targets.undecided(turn);
      }
    }
  }

  private void settle(Turn turn, AttemptFailedException e) {
    switch (e.failure().step()) {
      case RECONNECT -> targets.failed(turn, e.failure().outcome());
      case REPEAT, NEXT -> targets.suspected(turn, e.failure().outcome());
      case REST -> targets.rests(turn, e.rest());
      case ALIVE -> targets.answered(turn);
      case SKIP, END, PROXY -> targets.undecided(turn);
    }
  }

  private AuthorizationServerReply repeat(Turn turn, Call call) throws AttemptFailedException {
    int left = turn.isProbe() ? 0 : settings.failover().maxRetries();
    while (true) {
      try {
        return exchanges.make(call.attempt(turn.target()));
      } catch (AttemptFailedException e) {
        if (!e.failure().isRepeatable() || left == 0 || !waits(turn, call, e)) {
          throw e;
        }
        left--;
      }
    }
  }

  /** Waits before a repetition; returns whether there is to be one. */
  private boolean waits(Turn turn, Call call, AttemptFailedException e)
      throws AttemptFailedException {
    Duration delay = settings.failover().retryDelay();
    if (delay.compareTo(call.deadline().remaining()) >= 0 || turn.health().isFailed()) {
      return false;
    }
    try {
      pause.pause(delay);
      return !turn.health().isFailed();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AttemptFailedException(e.failure().skipping(), Duration.ZERO);
    }
  }
}
