/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.FailoverSettings.Strategy;
import dev.portcullis.authserver.TargetHealth.Admission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The targets of the authorization server and the choice among them: in listed order or starting
 * one further each time, without those that failed or rest; and if all failed, one of them once a
 * second. Safe for use by several threads.
 */
final class Targets {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private volatile List<TargetHealth> targets = List.of();
  private final FailoverSettings settings;
  private final LongSupplier nanoTime;
  private final TargetEvents events;
  private final AtomicInteger rounds = new AtomicInteger();
  private final AtomicLong moments = new AtomicLong();
  private final AtomicLong nextProbe;

  Targets(FailoverSettings settings, LongSupplier nanoTime, TargetEvents events) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.events = events;
    this.nextProbe = new AtomicLong(nanoTime.getAsLong());
  }

  /** Begins the choice for one call among its targets. */
  Round round(Call call) {
    List<TargetHealth> all = health(call.endpoints().targets());
    int first =
        settings.strategy() == Strategy.ROUND_ROBIN
            ? Math.floorMod(rounds.getAndIncrement(), all.size())
            : 0;
    Deque<TargetHealth> order = new ArrayDeque<>(all.subList(first, all.size()));
    order.addAll(all.subList(0, first));
    return new Round(call, all, order);
  }

  /** What is known of targets: of one that was there before, the same as before. */
  private List<TargetHealth> health(List<Target> among) {
    List<TargetHealth> known = targets;
    return isOf(known, among) ? known : change(among);
  }

  private static boolean isOf(List<TargetHealth> known, List<Target> among) {
    if (known.size() != among.size()) {
      return false;
    }
    for (int i = 0; i < known.size(); i++) {
      if (!known.get(i).target().equals(among.get(i))) {
        return false;
      }
    }
    return true;
  }

  private synchronized List<TargetHealth> change(List<Target> among) {
    Map<Target, TargetHealth> before =
        targets.stream()
            .collect(Collectors.toMap(TargetHealth::target, one -> one, (one, other) -> one));
    List<TargetHealth> changed =
        among.stream()
            .map(target -> before.getOrDefault(target, new TargetHealth(target)))
            .toList();
    targets = changed;
    return changed;
  }

  /** Each target at most once. For one thread. */
  final class Round {

    private final Call call;
    private final List<TargetHealth> all;
    private final Deque<TargetHealth> left;
    private final Deque<TargetHealth> lastResort = new ArrayDeque<>();
    private boolean offered;

    private Round(Call call, List<TargetHealth> all, Deque<TargetHealth> left) {
      this.call = call;
      this.all = all;
      this.left = left;
    }

    /**
     * The next target to ask, if there is one. Its turn must end by one of the methods of the
     * targets.
     */
    Optional<Turn> next() {
      while (!left.isEmpty()) {
        TargetHealth health = left.remove();
        Admission admission = health.admit(call.token(), nanoTime.getAsLong());
        if (admission != Admission.NONE) {
          return Optional.of(offer(health, admission));
        }
        lastResort.add(health);
      }
      while (!lastResort.isEmpty()) {
        TargetHealth health = lastResort.remove();
        if (health.isFailedOnSuspicion()) {
          return Optional.of(offer(health, Admission.USUAL));
        }
      }
      return offered ? Optional.empty() : earlyProbe(call, all);
    }

    private Turn offer(TargetHealth health, Admission admission) {
      offered = true;
      return turn(health, admission, call);
    }

    /** When a target can be asked again: whole seconds, at least one. */
    Duration untilDue() {
      long now = nanoTime.getAsLong();
      long nanos = all.stream().mapToLong(health -> until(health, now)).min().orElse(0);
      return Duration.ofSeconds(Math.max(1, (nanos + SECOND - 1) / SECOND));
    }
  }

  private Optional<Turn> earlyProbe(Call call, List<TargetHealth> among) {
    long now = nanoTime.getAsLong();
    long planned = nextProbe.get();
    if (now - planned < 0 || among.stream().noneMatch(TargetHealth::isFailed)) {
      return Optional.empty();
    }
    if (!nextProbe.compareAndSet(planned, now + SECOND)) {
      return Optional.empty();
    }
    return among.stream()
        .sorted(Comparator.comparingLong(health -> health.nanosUntilDue(now).orElse(0)))
        .filter(TargetHealth::admitEarly)
        .findFirst()
        .map(health -> turn(health, Admission.PROBE, call));
  }

  private Turn turn(TargetHealth health, Admission admission, Call call) {
    return new Turn(health, admission, call.token(), moments.incrementAndGet());
  }

  /** The target is alive. */
  void answered(Turn turn) {
    synchronized (turn.health()) { // entries in the order of the changes
      if (turn.health().answered(moments.incrementAndGet())) {
        events.recovered(turn.target());
      }
    }
  }

  /** The target is alive and wants to be left alone. */
  void rests(Turn turn, Duration wanted) {
    Duration rest = wanted.compareTo(settings.maxBackOff()) < 0 ? wanted : settings.maxBackOff();
    synchronized (turn.health()) {
      long until = nanoTime.getAsLong() + rest.toNanos();
      if (turn.health().rests(moments.incrementAndGet(), until)) {
        events.recovered(turn.target());
      }
    }
  }

  /** The attempts on the target are used up. */
  void failed(Turn turn, Outcome how) {
    if (settings.failedRetryTimeout().isZero()) {
      turn.health().undecided(turn.admission());
      return;
    }
    long now = nanoTime.getAsLong();
    nextProbe.set(now + SECOND);
    long due = now + settings.failedRetryTimeout().toNanos();
    synchronized (turn.health()) {
      if (turn.health().fails(turn.admission(), due)) {
        events.failed(turn.target(), how);
      }
    }
  }

  /** The attempts on the target are used up, and that may be the token's doing. */
  void suspected(Turn turn, Outcome how) {
    if (settings.failedRetryTimeout().isZero()) {
      turn.health().undecided(turn.admission());
      return;
    }
    long now = nanoTime.getAsLong();
    boolean isLast =
        targets.stream().noneMatch(other -> other != turn.health() && other.isAvailable(now));
    long due = now + settings.failedRetryTimeout().toNanos();
    synchronized (turn.health()) {
      if (turn.health().suspects(turn, isLast, due)) {
        events.failed(turn.target(), how);
      }
    }
  }

  /** The target was not given a fair chance. */
  void undecided(Turn turn) {
    turn.health().undecided(turn.admission());
  }

  private long until(TargetHealth health, long now) {
    OptionalLong due = health.nanosUntilDue(now);
    if (health.isFailedOnSuspicion()) {
      return 0;
    }
    if (due.isPresent() && health.isFailed()) {
      return Math.min(due.getAsLong(), Math.max(0, nextProbe.get() - now));
    }
    return due.orElse(0);
  }
}
