/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.GuardedWebapp;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Why the filter that comes first in the guarded application cannot start. */
enum Fault {
  /** A setting has a value that is none. */
  WRONG_SETTING("cache.tokens") {
    @Override
    WebArchive in(GuardedWebapp webapp, String name) throws Exception {
      return webapp.matrixWar(name, GuardedWebapp.parameter("cache.tokens", "perhaps"));
    }
  },
  /** The file with the settings is not there. */
  UNREADABLE_FILE("config-file") {
    @Override
    WebArchive in(GuardedWebapp webapp, String name) throws Exception {
      WebArchive war = webapp.matrixWar(name);
      war.delete("/WEB-INF/portcullis.properties");
      return war;
    }
  },
  /** The JAR is damaged. */
  MISSING_CLASS("Door") {
    @Override
    WebArchive in(GuardedWebapp webapp, String name) throws Exception {
      Path jar = Path.of(System.getProperty("portcullis.jar"));
      JavaArchive damaged =
          ShrinkWrap.create(ZipImporter.class, jar.getFileName().toString())
              .importFrom(jar.toFile())
              .as(JavaArchive.class);
      damaged.delete("/dev/portcullis/Door.class");
      WebArchive war = webapp.matrixWar(name);
      war.delete("/WEB-INF/lib/" + jar.getFileName());
      return war.addAsLibrary(damaged);
    }
  },
  /** A class of the application's that the filter makes an object of throws an error. */
  ERROR_IN_INIT("an error for the test") {
    @Override
    WebArchive in(GuardedWebapp webapp, String name) throws Exception {
      return webapp.matrixWar(
          name, GuardedWebapp.parameter("audit.sinks", "dev.portcullis.it.webapp.FailingSink"));
    }
  };

  private final String said;

  Fault(String said) {
    this.said = said;
  }

  /** What the log must name. */
  String said() {
    return said;
  }

  /** The application with that fault. */
  abstract WebArchive in(GuardedWebapp webapp, String name) throws Exception;
}
