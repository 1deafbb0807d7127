/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import dev.portcullis.api.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads settings by key and type. A mistake is noted and a usable value returned, so that the next
 * settings can be read too; {@link #finish()} reports everything at once. For one thread, at
 * start-up.
 */
public final class ConfigReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final String UNKNOWN_KEYS = "config.unknown-keys";

  /** What an unknown key is. */
  private enum UnknownKeys {
    ERROR,
    WARN
  }

  private final Sources sources;
  private PropertySource defaults = PropertySource.of(Map.of());
  private final Placeholders placeholders;
  private final KnownKeys known = new KnownKeys();
  private final Map<String, String> effective = new LinkedHashMap<>();
  private final Findings findings = new Findings();

  /**
   * Sources in order of precedence, the first that has a key wins. A key with an empty value is a
   * key that is not set there.
   */
  public ConfigReader(List<PropertySource> sources) {
    this(sources, Placeholders.ofThisMachine());
  }

  ConfigReader(List<PropertySource> sources, Placeholders placeholders) {
    this.sources = new Sources(sources);
    this.placeholders = placeholders;
    findings.problems(this.sources.problems());
  }

  /** Values for keys that are not set, in the place of the defaults given with each key. */
  public void fallBackTo(Map<String, String> values) {
    defaults = PropertySource.of(values);
  }

  /** Whether a key is set, rightly or not. Does not make it known. */
  public boolean isSet(String key) {
    try {
      return resolved(sources.get(key), true).isPresent();
    } catch (UnreadableValueException e) {
      return true;
    }
  }

  /** A text, if set. */
  public Optional<String> string(String key) {
    return read(key, Kind.STRING);
  }

  /** A text, or that one if not set. */
  public String string(String key, String fallback) {
    return read(key, Kind.STRING, fallback);
  }

  /** A secret, if set. Its value shows up nowhere. */
  public Optional<Secret> secret(String key) {
    return read(key, Kind.SECRET);
  }

  /** The same, for a secret that is read anew when the files change that it comes from. */
  public Optional<RenewableSecret> renewableSecret(String key) {
    return renewableSecret(key, text -> true, "");
  }

  /** The same; that text is the problem if the secret does not suit. */
  public Optional<RenewableSecret> renewableSecret(
      String key, Predicate<String> suits, String problem) {
    Kind<Secret> kind = Kind.secret(suits, problem);
    return read(key, kind)
        .map(secret -> new RenewableSecret(key, files(key), secret, () -> anew(key, kind)));
  }

  private List<Path> files(String key) {
    return sources.get(key).map(Placeholders::files).orElse(List.of());
  }

  private Secret anew(String key, Kind<Secret> kind) throws UnreadableValueException {
    Optional<String> text = text(key, true);
    if (text.isEmpty()) {
      throw new UnreadableValueException("is empty.");
    }
    return kind.grammar().parse(text.get());
  }

  /** A truth value. */
  public boolean flag(String key, boolean fallback) {
    return read(key, Kind.BOOLEAN, fallback);
  }

  /**
   * A whole number between bounds, both included; {@link Integer#MAX_VALUE} stands for no bound.
   */
  public int integer(String key, int fallback, int min, int max) {
    return read(key, integers(min, max), (long) fallback).intValue();
  }

  /** The same, if set. */
  public Optional<Integer> integer(String key, int min, int max) {
    return read(key, integers(min, max)).map(Long::intValue);
  }

  /** Octets, between bounds, both included. {@code k}, {@code m} or {@code g} may follow. */
  public long octets(String key, long fallback, long min, long max) {
    return read(key, Kind.octets(new Range(min, max)), fallback);
  }

  /**
   * Seconds, between bounds, both included. Another unit may be given as a suffix. {@link
   * Long#MAX_VALUE} stands for no bound, here and in the methods below; a duration is cut to 292
   * years, so that it can always be counted in nanoseconds.
   */
  public Duration seconds(String key, long fallback, long min, long max) {
    return time(key, TimeUnit.SECONDS, fallback, new Range(min, max));
  }

  /** The same, if set. */
  public Optional<Duration> seconds(String key, long min, long max) {
    return read(key, Kind.time(TimeUnit.SECONDS, new Range(min, max))).map(TimeUnit.SECONDS::times);
  }

  /** Milliseconds, between bounds, both included. Another unit may be given as a suffix. */
  public Duration millis(String key, long fallback, long min, long max) {
    return time(key, TimeUnit.MILLISECONDS, fallback, new Range(min, max));
  }

  /** Hours, between bounds, both included. Another unit may be given as a suffix. */
  public Duration hours(String key, long fallback, long min, long max) {
    return time(key, TimeUnit.HOURS, fallback, new Range(min, max));
  }

  /** Seconds from -1 upwards, where -1 means that there is no limit: then nothing is returned. */
  public Optional<Duration> secondsOrUnlimited(String key, Optional<Duration> fallback) {
    Kind<Long> kind = Kind.time(TimeUnit.SECONDS, new Range(-1, Long.MAX_VALUE));
    long seconds = read(key, kind, fallback.map(Duration::toSeconds).orElse(-1L));
    return seconds < 0 ? Optional.empty() : Optional.of(TimeUnit.SECONDS.times(seconds));
  }

  /** A list of texts, empty if not set. */
  public List<String> list(String key) {
    return list(key, List.of());
  }

  /** A list of texts, or that one if not set. */
  public List<String> list(String key, List<String> fallback) {
    return read(key, Kind.LIST, List.copyOf(fallback));
  }

  /** One of the constants of an enum, written in kebab-case without regard to case. */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    return choice(key, fallback, Map.of());
  }

  /** The same with further spellings (lower case) for some constants. */
  public <E extends Enum<E>> E choice(String key, E fallback, Map<String, E> aliases) {
    return read(key, Kind.choice(fallback.getDeclaringClass(), aliases), fallback);
  }

  /**
   * An absolute URL of one of those schemes (lower case), with a host and without user information,
   * if set; that text is the problem if it is not.
   */
  public Optional<URI> url(String key, Set<String> schemes, String problem) {
    return read(key, Kind.url(schemes, problem));
  }

  /**
   * The {@code <name>}s of all keys {@code <group>.<name>.…} that are set, in the order of the
   * sources. A name that does not match {@code [a-z0-9][a-z0-9-]*} is a mistake and left out.
   */
  public List<String> names(String group) {
    known.addGroup(group);
    Predicate<String> isRight = name -> NAME.matcher(name).matches();
    List<String> names = sources.membersOf(group);
    names.stream().filter(isRight.negate()).forEach(name -> misnamed(group + "." + name));
    return names.stream().filter(isRight).toList();
  }

  /**
   * All keys below {@code prefix} with their values, without the prefix; for settings of plug-ins.
   * As any of them may be a secret, all are masked in {@link #effective()}.
   */
  public Map<String, String> below(String prefix) {
    String beginning = prefix.endsWith(".") ? prefix : prefix + ".";
    known.addPrefix(beginning);
    known.add(new Setting(beginning + "*", Kind.STRING.type(), "", Kind.STRING.allowed()));
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : sources.keys()) {
      if (key.startsWith(beginning) && key.length() > beginning.length()) {
        Optional<Secret> value = parse(key, Kind.SECRET);
        value.map(Secret::toString).ifPresent(mask -> effective.putIfAbsent(key, mask));
        value
            .map(Secret::reveal)
            .ifPresent(text -> values.put(key.substring(beginning.length()), text));
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * Notes a mistake in a setting, or in all whose keys begin so; that it is not set is none as long
   * as a file is unreadable.
   */
  public void problem(String key, String text) {
    if (isSet(key) || sources.hasBelow(key) || sources.areWhole()) {
      findings.problem(key, text);
    } else {
      findings.suspect(key);
    }
  }

  /** Notes that a setting is valid but deserves attention. */
  public void warn(String key, String text) {
    findings.warnings(List.of(key + ": " + text));
  }

  /** Whether a mistake was noted for that key. */
  public boolean isFaulty(String key) {
    return findings.isFaulty(key);
  }

  /**
   * Ends reading: unknown keys are mistakes too.
   *
   * @throws InvalidConfigurationException if there is any mistake
   */
  public void finish() throws InvalidConfigurationException {
    UnknownKeys verdict = choice(UNKNOWN_KEYS, UnknownKeys.ERROR);
    List<String> unknown =
        sources.keys().stream()
            .filter(key -> known.isUnknown(key, sources.get(key).isPresent()))
            .map(known::describe)
            .toList();
    if (verdict == UnknownKeys.WARN) {
      findings.warnings(unknown);
    } else {
      findings.problems(unknown);
    }
    if (!findings.problems().isEmpty()) {
      throw new InvalidConfigurationException(findings.problems());
    }
  }

  /** What was warned of, one line each. */
  public List<String> warnings() {
    return findings.warnings();
  }

  /**
   * Every setting read that has a value, its own or its default; secrets are masked. In the order
   * of reading.
   */
  public Map<String, String> effective() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(effective));
  }

  /** Every setting read, with type, default and what is allowed. In the order of reading. */
  public List<Setting> settings() {
    return known.settings();
  }

  private static Kind<Long> integers(int min, int max) {
    return Kind.integer(new Range(min, max));
  }

  private Duration time(String key, TimeUnit unit, long fallback, Range range) {
    return unit.times(read(key, Kind.time(unit, range), fallback));
  }

  private <T> T read(String key, Kind<T> kind, T fallback) {
    String printed = kind.printer().apply(fallback);
    known.add(new Setting(key, kind.type(), printed, kind.allowed()));
    T value = parse(key, kind).orElse(fallback);
    show(key, kind.printer().apply(value));
    return value;
  }

  private <T> Optional<T> read(String key, Kind<T> kind) {
    known.add(new Setting(key, kind.type(), "", kind.allowed()));
    Optional<T> value = parse(key, kind);
    value.map(kind.printer()).ifPresent(text -> show(key, text));
    return value;
  }

  private void show(String key, String text) {
    if (!text.isEmpty()) {
      effective.put(key, text);
    }
  }

  private <T> Optional<T> parse(String key, Kind<T> kind) {
    try {
      Optional<String> text = text(key, kind.isConfidential());
      return text.isEmpty() ? Optional.empty() : Optional.of(kind.grammar().parse(text.get()));
    } catch (UnreadableValueException e) {
      problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The text of a key, placeholders resolved. */
  private Optional<String> text(String key, boolean confidential) throws UnreadableValueException {
    Optional<String> own = resolved(sources.get(key), confidential);
    return own.isPresent() ? own : defaults.get(key);
  }

  private Optional<String> resolved(Optional<String> raw, boolean confidential)
      throws UnreadableValueException {
    if (raw.isEmpty()) {
      return raw;
    }
    String text = placeholders.resolve(raw.get(), confidential).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private void misnamed(String member) {
    known.addMisnamed(member);
    problem(member, "the name must match " + NAME + ".");
  }
}
