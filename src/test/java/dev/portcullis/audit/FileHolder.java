/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import java.nio.file.Path;
import java.util.Objects;

/** A program that holds an audit file until its input ends: another application. */
public final class FileHolder {

  private FileHolder() {}

  /** Holds the file that the first argument names. */
  public static void main(String[] arguments) throws Exception {
    try (AuditFile file = AuditFile.open(AuditFile.place(Path.of(arguments[0])))) {
      System.out.println("holding " + arguments[0]);
      Objects.requireNonNull(file);
      System.in.transferTo(System.out);
    }
  }
}
