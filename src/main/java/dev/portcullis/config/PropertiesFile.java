/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * The file that the init-param {@code config-file} names: UTF-8, in the format of {@link
 * Properties}. A key may be there once only, as of two values one would win in silence.
 */
public final class PropertiesFile implements PropertySource {

  /** The key that names the file. It cannot stand in the file. */
  public static final String KEY = "config-file";

  private static final int BYTE_ORDER_MARK = '\uFEFF';

  private final MapSource settings;
  private final List<String> problems;
  private final boolean isWhole;

  private PropertiesFile(Map<String, String> settings, List<String> problems, boolean isWhole) {
    this.settings = new MapSource(settings);
    this.problems = List.copyOf(problems);
    this.isWhole = isWhole;
  }

  /**
   * Reads a file; what is wrong with it is found in {@link #problems()}.
   *
   * @param name the name by which messages call it
   * @param content its content, which is read to the end; the caller closes it
   */
  public static PropertiesFile read(String name, InputStream content) {
    Collector entries = new Collector(name);
    try {
      entries.load(withoutMark(content));
    } catch (IOException | IllegalArgumentException e) {
      // not there, not UTF-8, or a malformed backslash-u escape
      return unreadable(name);
    }
    return new PropertiesFile(entries.settings, entries.problems, true);
  }

  /** Stands for a file that could not be opened: no settings and one problem. */
  public static PropertiesFile unreadable(String name) {
    return new PropertiesFile(Map.of(), List.of(KEY + ": cannot read '" + name + "'."), false);
  }

  private static Reader withoutMark(InputStream content) throws IOException {
    PushbackReader reader =
        new PushbackReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()));
    int first = reader.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      reader.unread(first);
    }
    return reader;
  }

  @Override
  public Optional<String> get(String key) {
    return settings.get(key);
  }

  @Override
  public Set<String> keys() {
    return settings.keys();
  }

  @Override
  public List<String> problems() {
    return problems;
  }

  @Override
  public boolean isWhole() {
    return isWhole;
  }

  /** Is told each entry while {@link #load} reads; keeps the order, and notes repetitions. */
  private static final class Collector extends Properties {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final transient Map<String, String> settings = new LinkedHashMap<>();
    private final transient List<String> problems = new ArrayList<>();

    Collector(String file) {
      this.file = file;
    }

    @Override
    public synchronized Object put(Object key, Object value) {
      if (KEY.equals(key)) {
        problems.add(KEY + ": must be an init-param, not an entry of " + file + ".");
      } else if (settings.put((String) key, (String) value) != null) {
        problems.add(key + ": is set twice in " + file + ".");
      }
      return value;
    }
  }
}
