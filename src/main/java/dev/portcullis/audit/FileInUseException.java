/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import java.io.IOException;
import java.nio.file.Path;

/** The audit file is locked by another application. */
final class FileInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  FileInUseException(Path file) {
    super(file + " is in use by another application");
  }

  FileInUseException(Path file, Throwable cause) {
    super(file + " is in use by another application", cause);
  }
}
