/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertiesFile;
import dev.portcullis.config.PropertySource;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings in {@code web.xml}, and the properties file that one of them may name. */
final class InitParameters implements PropertySource {

  private static final String CLASS_PATH = "classpath:";

  private final FilterConfig filter;

  private InitParameters(FilterConfig filter) {
    this.filter = filter;
  }

  /** The places settings come from, init-params first. */
  static List<PropertySource> sources(FilterConfig filter) {
    PropertySource parameters = new InitParameters(filter);
    return new ConfigReader(List.of(parameters))
        .string(PropertiesFile.KEY)
        .map(name -> List.of(parameters, file(name, filter.getServletContext())))
        .orElse(List.of(parameters));
  }

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(filter.getInitParameter(key));
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    filter.getInitParameterNames().asIterator().forEachRemaining(keys::add);
    return keys;
  }

  private static PropertySource file(String name, ServletContext context) {
    try (InputStream content = open(name, context)) {
      return content == null ? PropertiesFile.unreadable(name) : PropertiesFile.read(name, content);
    } catch (IOException | InvalidPathException e) {
      return PropertiesFile.unreadable(name); // becomes a start-up error that names the file
    }
  }

  private static @Nullable InputStream open(String name, ServletContext context)
      throws IOException {
    if (name.startsWith(CLASS_PATH)) {
      return context.getClassLoader().getResourceAsStream(name.substring(CLASS_PATH.length()));
    }
    if (name.startsWith("/WEB-INF/")) {
      return context.getResourceAsStream(name);
    }
    Path path = Path.of(name);
    return path.isAbsolute() ? Files.newInputStream(path) : null;
  }
}
