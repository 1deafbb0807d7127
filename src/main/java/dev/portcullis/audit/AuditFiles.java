/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The audit files of one application. Its filters may name the same file and then share it; it is
 * closed when the last of them is. There is to be one object of this class per application, for a
 * file that is in use elsewhere is refused. Safe for use by several threads.
 */
public final class AuditFiles {

  private final Map<Path, AuditFile> open = new HashMap<>();
  private final Map<AuditFile, Integer> users = new HashMap<>();

  /** Makes a collection without any file in it. */
  public AuditFiles() {}

  /**
   * The file at that path, opened if it is not open yet.
   *
   * @throws FileInUseException if another application writes to it
   */
  synchronized AuditFile acquire(Path path) throws IOException {
    Path place = AuditFile.place(path);
    AuditFile file = open.get(place);
    if (file == null) {
      file = AuditFile.open(place);
      open.put(place, file);
    }
    users.merge(file, 1, Integer::sum);
    return file;
  }

  /** Gives the file back. */
  synchronized void release(AuditFile file) throws IOException {
    if (users.merge(file, -1, Integer::sum) == 0) {
      users.remove(file);
      open.values().remove(file);
      file.close();
    }
  }
}
