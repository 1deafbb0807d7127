/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import com.sun.source.util.JavacTask;
import dev.portcullis.ResourceServerFilter;
import jakarta.servlet.Filter;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A class in a page, compiled as a user would: against the filter and the servlet API alone. */
final class JavaExample extends SimpleJavaFileObject {

  private static final Pattern NAME = Pattern.compile("public (?:final )?class (\\w+)");

  private final String source;

  private JavaExample(String name, String source) {
    super(URI.create("page:///" + name + ".java"), Kind.SOURCE);
    this.source = source;
  }

  /** What the compiler complains of, warnings included. Nothing is written. */
  static List<String> errorsIn(String source) throws IOException {
    Matcher name = NAME.matcher(source);
    if (!name.find()) {
      return List.of("no public class");
    }
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(
                    null,
                    null,
                    diagnostics,
                    List.of("-proc:none", "-Xlint:all", "-classpath", classPath()),
                    null,
                    List.of(new JavaExample(name.group(1), source)));
    task.analyze();
    return diagnostics.getDiagnostics().stream()
        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return source;
  }

  private static String classPath() {
    return locationOf(ResourceServerFilter.class) + File.pathSeparator + locationOf(Filter.class);
  }

  private static Path locationOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
