/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditSink;
import dev.portcullis.config.InvalidConfigurationException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Opens the declared sinks: all of them, or none. */
final class SinkOpening {

  private final AuditSettings settings;
  private final AuditFiles files;
  private final LongSupplier ticker;
  private final List<WatchedSink> sinks = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  SinkOpening(AuditSettings settings, AuditFiles files, LongSupplier ticker) {
    this.settings = settings;
    this.files = files;
    this.ticker = ticker;
  }

  List<WatchedSink> openAll() throws InvalidConfigurationException {
    for (DeclaredSink declared : settings.sinks()) {
      open(declared).ifPresent(sink -> sinks.add(watched(declared, sink)));
    }
    if (problems.isEmpty()) {
      return sinks;
    }
    sinks.forEach(WatchedSink::close);
    throw new InvalidConfigurationException(problems);
  }

  private WatchedSink watched(DeclaredSink declared, AuditSink sink) {
    String what = "Audit sink '" + declared.name() + "'";
    return new WatchedSink(sink, new LostEntries(what, settings.format(), ticker));
  }

  private Optional<AuditSink> open(DeclaredSink declared) {
    if (declared instanceof DeclaredSink.File file) {
      return file(file.file());
    }
    if (declared instanceof DeclaredSink.Custom custom) {
      return custom(custom);
    }
    DeclaredSink.Log log = (DeclaredSink.Log) declared;
    return Optional.of(new LogSink(System.getLogger(log.loggerName()), settings.format()));
  }

  private Optional<AuditSink> file(Path path) {
    try {
      return Optional.of(new FileSink(files, files.acquire(path), settings.format()));
    } catch (FileInUseException e) {
      problems.add("audit.file: is in use by another application.");
    } catch (IOException e) {
      problems.add("audit.file: cannot be opened: " + WatchedSink.summary(e));
    }
    return Optional.empty();
  }

  private Optional<AuditSink> custom(DeclaredSink.Custom custom) {
    try {
      AuditSink sink = custom.constructor().newInstance();
      sink.open(custom.settings());
      return Optional.of(sink);
    } catch (InvocationTargetException e) {
      problems.add(unusable(custom, Optional.ofNullable(e.getCause()).orElse(e)));
    } catch (Exception | LinkageError e) {
      problems.add(unusable(custom, e));
    }
    return Optional.empty();
  }

  private static String unusable(DeclaredSink.Custom custom, Throwable fault) {
    return custom.key()
        + ": '"
        + custom.constructor().getDeclaringClass().getName()
        + "' cannot be opened: "
        + WatchedSink.summary(fault);
  }
}
