/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.api.AuditSink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An audit sink of a test's: {@link Journal} keeps what it was given, and waits for what is to
 * come. Named in the settings by {@link Journal#settings()}.
 */
public final class RecordingSink implements AuditSink {

  private static final ConcurrentMap<String, Journal> JOURNALS = new ConcurrentHashMap<>();

  private Journal journal = new Journal();

  /** For the filter. */
  public RecordingSink() {}

  @Override
  public void open(Map<String, String> settings) {
    journal = JOURNALS.get(settings.get("journal"));
  }

  @Override
  public void write(AuditEvent event) throws IOException {
    journal.write(event);
  }

  /** The entries of one filter. Safe for use by several threads. */
  public static final class Journal {

    private static final long PATIENCE_SECONDS = 10;

    private final String id = UUID.randomUUID().toString();
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private boolean refuses;
    private int refusals;

    /** An empty journal. */
    public Journal() {
      JOURNALS.put(id, this);
    }

    /** The settings that lead a filter's entries here. */
    public Map<String, String> settings() {
      return Map.of(
          "audit.sinks",
          "journal",
          "audit.journal.class",
          RecordingSink.class.getName(),
          "audit.journal.journal",
          id);
    }

    /** Takes no further entries, or takes them again. */
    public synchronized void refuse(boolean refuse) {
      refuses = refuse;
    }

    /** Waits until that many entries were refused. */
    public synchronized void awaitRefusals(int number) {
      awaitThat(() -> refusals >= number, () -> "only " + refusals + " of " + number + " refusals");
    }

    /** What is there now. */
    public List<AuditEvent> events() {
      return List.copyOf(events);
    }

    /** What is there now of a type. */
    public List<AuditEvent> events(AuditEvent.Type type) {
      return events.stream().filter(event -> event.type() == type).toList();
    }

    /** The request entries, once there are that many. */
    public synchronized List<AuditEvent> requests(int number) {
      return await(number, event -> event.type() == AuditEvent.Type.REQUEST);
    }

    /** The last of the request entries, once there are that many. */
    public AuditEvent request(int number) {
      return requests(number).get(number - 1);
    }

    /** The entries that match, once there are that many. */
    public synchronized List<AuditEvent> await(int number, Predicate<AuditEvent> match) {
      Supplier<List<AuditEvent>> found = () -> events.stream().filter(match).toList();
      awaitThat(
          () -> found.get().size() >= number,
          () -> "only " + found.get().size() + " of " + number + " entries: " + events);
      return found.get();
    }

    /** One field of an entry as text, empty if it is absent. */
    public static String text(AuditEvent event, AuditField field) {
      Optional<Object> value = event.get(field);
      return value.map(Object::toString).orElse("");
    }

    private void awaitThat(BooleanSupplier condition, Supplier<String> otherwise) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!condition.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(otherwise.get());
        }
        awaitChange(left);
      }
    }

    private void awaitChange(long millis) {
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    private synchronized void write(AuditEvent event) throws IOException {
      notifyAll();
      if (refuses) {
        refusals++;
        throw new IOException("refused by the test");
      }
      events.add(event);
    }
  }
}
