/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.config.RenewableSecret;
import dev.portcullis.threads.BackgroundThreads;
import dev.portcullis.threads.Repeated;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at files from time to time and has them read anew when their modification time or their
 * size is another. What cannot be used is told once, and again only after a further change; so is a
 * certificate that has run out. Owns daemon threads. Safe for use by several threads.
 */
public final class FileReload implements AutoCloseable {

  /** Reads a file anew. */
  public interface Reading {

    /** Reads it; throws if it cannot be used, and then all is as before. */
    void read() throws UnusableFileException;
  }

  private static final Duration LONGEST_PERIOD = Duration.ofSeconds(60);

  private final Consumer<AuditEvent> audit;
  private final InstantSource clock;
  private final Logger logger;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private final List<ExpiringKeyPair> expiring = new CopyOnWriteArrayList<>();
  private final BackgroundThreads threads = new BackgroundThreads("portcullis-reload");
  private final List<ScheduledThreadPoolExecutor> timers = new CopyOnWriteArrayList<>();

  /**
   * Makes one that watches nothing yet.
   *
   * @param audit where entries go
   */
  public FileReload(Consumer<AuditEvent> audit, InstantSource clock, Logger logger) {
    this.audit = audit;
    this.clock = clock;
    this.logger = logger;
  }

  /**
   * Watches files as they are now.
   *
   * @param setting key of the setting that names them
   * @param places files and folders of files
   * @param reading what is done after a change
   */
  public void watch(String setting, List<Path> places, Reading reading) {
    watched.add(new Watched(setting, places, reading));
  }

  /** Watches the files that a secret comes from, if it comes from any. */
  public void watch(RenewableSecret secret) {
    if (!secret.files().isEmpty()) {
      watch(secret.key(), secret.files(), () -> UnusableFileException.reread(secret));
    }
  }

  /**
   * Watches over the validity of a certificate.
   *
   * @param setting key of the setting that names the key pair
   * @param inUse the key pair in use
   */
  public void watchValidity(String setting, Supplier<KeyEntry> inUse) {
    expiring.add(new ExpiringKeyPair(setting, inUse, clock.instant()));
  }

  /**
   * Looks at files that often from now on, never if that is zero; and at certificates as often, but
   * at least once a minute.
   */
  public void every(Duration interval) {
    boolean sooner = !interval.isZero() && interval.compareTo(LONGEST_PERIOD) < 0;
    if (!interval.isZero() && !watched.isEmpty()) {
      repeat(this::look, interval);
    }
    if (!expiring.isEmpty()) {
      repeat(this::checkValidity, sooner ? interval : LONGEST_PERIOD);
    }
  }

  private void repeat(Runnable work, Duration period) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
    timers.add(timer);
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            new Repeated("Looking at files", work),
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Looks at all certificates now. */
  public synchronized void checkValidity() {
    for (ExpiringKeyPair pair : expiring) {
      pair.news(clock.instant())
          .ifPresent(
              problem -> {
                logger.log(Level.ERROR, problem);
                tell("certificate-expired", problem);
              });
    }
  }

  /** Looks at all files now. */
  public synchronized void look() {
    watched.forEach(this::look);
  }

  private void look(Watched files) {
    if (!files.haveChanged()) {
      return;
    }
    try {
      files.reading.read();
      logger.log(Level.INFO, "Read anew: " + files.setting + ".");
      tell("file-reloaded", files.setting);
    } catch (UnusableFileException e) {
      alarm(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      alarm(files.setting + ": cannot be read anew (" + e.getClass().getName() + ").");
    }
  }

  private void alarm(String problem) {
    logger.log(Level.ERROR, problem + " What was read before remains in use.");
    tell("file-unusable", problem);
  }

  private void tell(String kind, String detail) {
    audit.accept(
        AuditEvent.of(AuditEvent.Type.SYSTEM, clock.instant())
            .with(AuditField.KIND, kind)
            .with(AuditField.DETAIL, detail)
            .build());
  }

  /** Ends the thread. */
  @Override
  public void close() {
    timers.forEach(ScheduledThreadPoolExecutor::shutdownNow);
    threads.close();
  }

  /** Files of one setting. For one thread at a time. */
  private static final class Watched {

    private final String setting;
    private final List<Path> places;
    private final Reading reading;
    private Map<Path, List<Object>> seen;

    Watched(String setting, List<Path> places, Reading reading) {
      this.setting = setting;
      this.places = List.copyOf(places);
      this.reading = reading;
      this.seen = marks();
    }

    /** Whether anything differs from the last time; takes note of it before it is read. */
    boolean haveChanged() {
      Map<Path, List<Object>> now = marks();
      boolean changed = !now.equals(seen);
      seen = now;
      return changed;
    }

    private Map<Path, List<Object>> marks() {
      Map<Path, List<Object>> marks = new LinkedHashMap<>();
      for (Path place : places) {
        files(place).forEach(file -> marks.put(file, mark(file)));
      }
      return marks;
    }

    private List<Path> files(Path place) {
      try {
        return Certificates.files(place, setting);
      } catch (UnusableFileException e) {
        return List.of(place); // its mark tells that it cannot be read
      }
    }

    /** Nothing for a file that is not there. */
    private static List<Object> mark(Path file) {
      List<Object> mark = new ArrayList<>();
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        mark.add(now.lastModifiedTime());
        mark.add(now.size());
        if (now.fileKey() != null) {
          mark.add(now.fileKey());
        }
      } catch (IOException e) {
        mark.clear();
      }
      return mark;
    }
  }
}
