/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.threads.BackgroundThreads;
import dev.portcullis.threads.Repeated;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keys that are made here and replaced from time to time, in memory or in a file that nodes share.
 * Whoever of them comes first rolls, the others see it. What cannot be read is reported, and the
 * keys at hand stay in use. Safe for use by several threads.
 */
final class RollingKeys implements SigningKeys {

  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(60);

  private final SigningKeySettings.Managed settings;
  private final Optional<SigningKeysFile> file;
  private final InstantSource clock;
  private final Consumer<AuditEvent> audit;
  private final Logger logger;
  private final BackgroundThreads threads = new BackgroundThreads("portcullis-signing-keys");
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(threads);
  private volatile KeyGenerations generations;
  private volatile String publicKeys;
  private String stamp = "";
  private boolean isBroken;

  private RollingKeys(
      SigningKeySettings.Managed settings,
      KeyGenerations generations,
      InstantSource clock,
      Consumer<AuditEvent> audit,
      Logger logger) {
    this.settings = settings;
    this.file = settings.file().map(SigningKeysFile::new);
    this.clock = clock;
    this.audit = audit;
    this.logger = logger;
    this.generations = generations;
    this.publicKeys = generations.toPublicJson();
  }

  /**
   * Reads the keys or makes them.
   *
   * @param preferred what new ones sign by if nothing is set, the best first
   */
  static RollingKeys open(
      SigningKeySettings.Managed settings,
      List<SigningAlgorithm> preferred,
      InstantSource clock,
      Consumer<AuditEvent> audit,
      Logger logger)
      throws InvalidConfigurationException {
    SigningAlgorithm algorithm =
        settings
            .algorithm()
            .or(() -> preferred.stream().findFirst())
            .orElse(SigningAlgorithm.RS256);
    boolean[] made = {false};
    KeyGenerations generations =
        generations(
            settings,
            () -> {
              made[0] = true;
              return KeyGenerations.begin(algorithm, clock.instant());
            });
    RollingKeys keys = new RollingKeys(settings, generations, clock, audit, logger);
    if (made[0]) {
      keys.tell("signing-key-created", generations.current().id());
    }
    if (settings.file().isEmpty()) {
      logger.log(
          Level.WARNING,
          "client.signing-keys-file: is not set, so the signing keys change with every restart and"
              + " are not shared between nodes.");
    }
    return keys;
  }

  private static KeyGenerations generations(
      SigningKeySettings.Managed settings, Supplier<KeyGenerations> making)
      throws InvalidConfigurationException {
    if (settings.file().isEmpty()) {
      return making.get();
    }
    try {
      KeyGenerations kept = new SigningKeysFile(settings.file().get()).open(making);
      if (settings.algorithm().filter(set -> set != kept.current().algorithm()).isPresent()) {
        throw refused(SigningKeySettings.ALGORITHM, "differs from that of the keys in the file.");
      }
      return kept;
    } catch (IOException e) {
      String problem = "cannot use '" + settings.file().get() + "'.";
      throw refused(SigningKeySettings.FILE, problem);
    }
  }

  private static InvalidConfigurationException refused(String key, String problem) {
    return new InvalidConfigurationException(List.of(key + ": " + problem));
  }

  /** From now on checks by itself whether a roll is due and whether the file has changed. */
  void keepFresh() {
    Duration reload = settings.reloadInterval();
    boolean sooner = !reload.isZero() && reload.compareTo(LONGEST_PERIOD) < 0;
    long millis = (sooner ? reload : LONGEST_PERIOD).toMillis();
    ScheduledFuture<?> unused =
        ticking.scheduleWithFixedDelay(
            new Repeated("Rolling keys", this::check), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Reads the file again if it has changed, and rolls if that is due. */
  synchronized void check() {
    try {
      if (file.isPresent() && !settings.reloadInterval().isZero()) {
        reload(file.get());
      }
      if (isDue(generations)) {
        roll();
      }
      isBroken = false;
    } catch (IOException | RuntimeException | Error e) {
      report();
    }
  }

  /** Says it once until it is over. The message of the cause could quote the file. */
  private void report() {
    if (!isBroken) {
      String problem =
          "client.signing-keys-file: cannot use '"
              + settings.file().map(Object::toString).orElse("")
              + "'; the signing keys stay as they are.";
      logger.log(Level.ERROR, problem);
      tell("file-unusable", problem);
    }
    isBroken = true;
  }

  private void reload(SigningKeysFile kept) throws IOException {
    String found = kept.stamp();
    if (!found.equals(stamp)) {
      KeyGenerations read = kept.read();
      requireSameAlgorithm(read);
      stamp = found;
      if (!read.current().id().equals(generations.current().id())) {
        tell("file-reloaded", SigningKeySettings.FILE);
      }
      take(read);
    }
  }

  private void requireSameAlgorithm(KeyGenerations read) throws IOException {
    if (read.current().algorithm() != generations.current().algorithm()) {
      throw new IOException("another algorithm");
    }
  }

  private void roll() throws IOException {
    Instant now = clock.instant();
    boolean[] rolled = {false};
    KeyGenerations changed =
        file.isPresent()
            ? file.get().change(present -> rolledIfDue(present, now, rolled))
            : rolledIfDue(generations, now, rolled);
    requireSameAlgorithm(changed);
    take(changed);
    if (rolled[0]) {
      tell("signing-key-rolled", changed.current().id());
      logger.log(Level.INFO, "The signing key was rolled, it is now {0}.", changed.current().id());
    }
  }

  private KeyGenerations rolledIfDue(KeyGenerations present, Instant now, boolean[] rolled) {
    rolled[0] = isDue(present);
    return rolled[0] ? present.roll(now) : present;
  }

  private boolean isDue(KeyGenerations present) {
    return settings
        .rollInterval()
        .filter(interval -> !clock.instant().isBefore(present.since().plus(interval)))
        .isPresent();
  }

  private void take(KeyGenerations taken) {
    publicKeys = taken.toPublicJson();
    generations = taken;
  }

  private void tell(String kind, String detail) {
    audit.accept(
        AuditEvent.of(AuditEvent.Type.SYSTEM, clock.instant())
            .with(AuditField.KIND, kind)
            .with(AuditField.DETAIL, detail)
            .build());
  }

  KeyGenerations generations() {
    return generations;
  }

  @Override
  public SigningKey current() {
    return generations.current();
  }

  @Override
  public Optional<String> publicKeys() {
    return Optional.of(publicKeys);
  }

  @Override
  public void close() {
    ticking.shutdownNow();
    threads.close();
  }
}
