/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One audit entry. Holds no token, proof, secret, nonce or assertion. A field without a value is
 * absent. Values are {@link String}, {@link Long}, {@link Boolean}, {@link Instant}, a {@link List}
 * of strings or a {@link Map} of strings. Immutable.
 */
public final class AuditEvent {

  /** The three kinds of entry. */
  public enum Type {
    /** A request to the application and what was decided about it. */
    REQUEST("request"),
    /** A call of this filter to the authorization server. */
    AS_REQUEST("as-request"),
    /** Something that happened to the filter itself. */
    SYSTEM("system");

    private final String key;

    Type(String key) {
      this.key = key;
    }

    /** The value of the field {@code event}. */
    public String key() {
      return key;
    }
  }

  private final Type type;
  private final Map<AuditField, Object> fields;

  private AuditEvent(Type type, Map<AuditField, Object> fields) {
    this.type = type;
    this.fields = Collections.unmodifiableMap(fields);
  }

  /** Starts an entry of a type, made at a time. */
  public static Builder of(Type type, Instant time) {
    return new Builder(type, time);
  }

  /** The type of the entry. */
  public Type type() {
    return type;
  }

  /** All fields that have a value, in the order of {@link AuditField}; read-only. */
  public Map<AuditField, Object> fields() {
    return fields;
  }

  /** One field, if it has a value. */
  public Optional<Object> get(AuditField field) {
    return Optional.ofNullable(fields.get(field));
  }

  @Override
  public String toString() {
    return "AuditEvent" + fields;
  }

  /**
   * Collects the fields of one entry. For one thread at a time; of no use after {@link #build()}.
   */
  public static final class Builder {

    private static final int LONGEST_TEXT = 2048;
    private static final int LONGEST_LIST = 256;

    private final Type type;
    private final EnumMap<AuditField, Object> fields = new EnumMap<>(AuditField.class);

    private Builder(Type type, Instant time) {
      this.type = type;
      fields.put(AuditField.TIME, time);
      fields.put(AuditField.EVENT, type.key());
    }

    /** Sets a text; an empty one leaves the field absent, a very long one is cut. */
    public Builder with(AuditField field, String text) {
      if (!text.isEmpty()) {
        fields.put(field, cut(text));
      }
      return this;
    }

    /** Sets a number. */
    public Builder with(AuditField field, long number) {
      fields.put(field, number);
      return this;
    }

    /** Sets a truth value. */
    public Builder with(AuditField field, boolean flag) {
      fields.put(field, flag);
      return this;
    }

    /**
     * Sets a list of texts; an empty one leaves the field absent. A very long text is cut, and so
     * is a very long list.
     */
    public Builder with(AuditField field, List<String> texts) {
      if (!texts.isEmpty()) {
        fields.put(field, isShort(texts) ? List.copyOf(texts) : cut(texts));
      }
      return this;
    }

    /**
     * Sets a map of texts, in the order given; an empty one leaves the field absent. A very long
     * text is cut.
     */
    public Builder with(AuditField field, Map<String, String> texts) {
      if (!texts.isEmpty()) {
        Map<String, String> copy = new LinkedHashMap<>(texts);
        copy.replaceAll((name, text) -> cut(text));
        fields.put(field, Collections.unmodifiableMap(copy));
      }
      return this;
    }

    /** The entry. */
    public AuditEvent build() {
      return new AuditEvent(type, fields);
    }

    private static boolean isShort(List<String> texts) {
      if (texts.size() > LONGEST_LIST) {
        return false;
      }
      for (String text : texts) {
        if (text.length() > LONGEST_TEXT) {
          return false;
        }
      }
      return true;
    }

    private static List<String> cut(List<String> texts) {
      Stream<String> kept = texts.stream().limit(LONGEST_LIST).map(Builder::cut);
      return (texts.size() > LONGEST_LIST ? Stream.concat(kept, Stream.of("…")) : kept).toList();
    }

    private static String cut(String text) {
      if (text.length() <= LONGEST_TEXT) {
        return text;
      }
      int end =
          Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1))
              ? LONGEST_TEXT - 1
              : LONGEST_TEXT;
      return text.substring(0, end) + "…";
    }
  }
}
