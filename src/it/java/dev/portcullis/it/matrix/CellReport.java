/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs a cell if it is asked for, holds its {@linkplain KnownDifference differences} against it,
 * and writes down how each of its checks went: {@code target/containers/<cell>.txt}, from which the
 * manual has its table. The property {@code containers} asks for cells, by how their names begin.
 */
final class CellReport implements ExecutionCondition, InvocationInterceptor, AfterAllCallback {

  private final List<String> lines = new ArrayList<>();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Cell cell = cell(context);
    String wanted = System.getProperty("containers", "");
    boolean isWanted =
        wanted.isEmpty()
            || Stream.of(wanted.split(",")).map(String::strip).anyMatch(cell.value()::startsWith);
    if (!isWanted) {
      return ConditionEvaluationResult.disabled("not among the containers asked for: " + wanted);
    }
    return Jdk.atLeast(cell.java()).isPresent()
        ? ConditionEvaluationResult.enabled(cell.value())
        : ConditionEvaluationResult.disabled("needs Java " + cell.java() + ", which is not here");
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    check(invocation, method.getExecutable(), context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    check(invocation, method.getExecutable(), context);
  }

  private void check(Invocation<Void> invocation, Method method, ExtensionContext context)
      throws Throwable {
    List<KnownDifference> known = differences(method, context);
    try {
      invocation.proceed();
    } catch (AssertionError | Exception e) {
      record(method, context, known.isEmpty() ? "failed" : "differs");
      if (known.isEmpty()) {
        throw e;
      }
      return;
    }
    record(method, context, known.isEmpty() ? "passed" : "failed");
    if (!known.isEmpty()) {
      throw new AssertionError("no longer differs: " + known);
    }
  }

  private void record(Method method, ExtensionContext context, String result) {
    String reason = result.equals("differs") ? differences(method, context).get(0).reason() : "";
    lines.add(
        String.join(
            "\t",
            method.getDeclaringClass().getSimpleName().replace("Contract", ""),
            method.getName(),
            result,
            reason));
  }

  private static List<KnownDifference> differences(Method method, ExtensionContext context) {
    return Arrays.stream(context.getRequiredTestClass().getAnnotationsByType(KnownDifference.class))
        .filter(difference -> difference.check().equals(method.getName()))
        .filter(difference -> context.getDisplayName().endsWith(difference.with()))
        .toList();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "containers"));
    List<String> report = new ArrayList<>();
    report.add(((ContainerCell) context.getRequiredTestInstance()).head());
    report.addAll(lines);
    Files.write(folder.resolve(cell(context).value() + ".txt"), report);
  }

  private static Cell cell(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(Cell.class);
  }
}
