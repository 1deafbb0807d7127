/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.http.Deadline;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One call: what is sent, for whom, by when, and how often it was tried. For one thread; others may
 * give it up.
 */
final class Call {

  static final String METHOD = "POST";
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final Endpoints endpoints;
  private final String parameters;
  private final String token;
  private final String exchangeId;
  private final String trackingId;
  private final Optional<String> audience;
  private final Duration time;
  private final Deadline deadline;
  private final long began;
  private volatile boolean givenUp;
  private int attempts;
  private boolean isSecondChanceTaken;

  Call(
      Endpoints endpoints,
      Map<String, String> parameters,
      String exchangeId,
      String trackingId,
      Optional<String> audience,
      Duration time,
      LongSupplier nanoTime) {
    this.endpoints = endpoints;
    this.parameters = FormBody.encode(parameters);
    this.token = digest(parameters.getOrDefault("token", ""));
    this.exchangeId = exchangeId;
    this.trackingId = trackingId;
    this.audience = audience;
    this.time = time;
    this.deadline = Deadline.in(time, nanoTime);
    this.began = nanoTime.getAsLong();
  }

  /** The SHA-256 of a token, as text. */
  private static String digest(String token) {
    try {
      return TEXT.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Where it goes. */
  Endpoints endpoints() {
    return endpoints;
  }

  /** Its parameters, form-encoded, without those of client authentication. */
  String parameters() {
    return parameters;
  }

  /** Digest of the token it is about. */
  String token() {
    return token;
  }

  /** When it began, by the ticker. */
  long began() {
    return began;
  }

  /** Ends it at once, from another thread. */
  void giveUp() {
    givenUp = true;
    deadline.end();
  }

  boolean isGivenUp() {
    return givenUp;
  }

  String exchangeId() {
    return exchangeId;
  }

  String trackingId() {
    return trackingId;
  }

  Optional<String> audience() {
    return audience;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Whether no more than half of its time has gone. */
  boolean hasHalfItsTime() {
    return deadline.remaining().compareTo(time.dividedBy(2)) >= 0;
  }

  /** Whether it may be tried once more with a new secret; no more than once, and in time. */
  boolean takeSecondChance() {
    boolean isFirst = !isSecondChanceTaken && !deadline.hasPassed();
    isSecondChanceTaken = true;
    return isFirst;
  }

  /** The next attempt. */
  Attempt attempt(Target target) {
    attempts++;
    return new Attempt(this, target, attempts);
  }
}
