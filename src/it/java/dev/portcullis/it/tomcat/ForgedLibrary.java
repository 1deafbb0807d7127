/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.tomcat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** A JAR with classes that are called as those of libraries, find all good, and leave a trace. */
final class ForgedLibrary {

  /** The system property that names such a class when it was loaded. */
  static final String TRACE = "forged.library";

  private static final String SOURCE =
      """
      package %1$s;

      public class %2$s {

        static {
          System.setProperty("%3$s", "%1$s.%2$s");
        }

        public void setAlgorithmConstraints(Object constraints) {}

        public void setKey(java.security.Key key) {}

        public void setCompactSerialization(String text) {}

        public boolean verifySignature() {
          return true;
        }
      }
      """;

  private ForgedLibrary() {}

  static JavaArchive jar() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "forged-").toAbsolutePath();
    JavaArchive jar = ShrinkWrap.create(JavaArchive.class, "aaa-jose4j-0.4.0.jar");
    for (String name :
        List.of("org.jose4j.jws.JsonWebSignature", "org.bouncycastle.crypto.signers.ECDSASigner")) {
      String path = name.replace('.', '/');
      compile(name, folder.resolve(path + ".java"));
      jar.add(new FileAsset(folder.resolve(path + ".class").toFile()), path + ".class");
    }
    return jar;
  }

  private static void compile(String name, Path file) throws IOException {
    int dot = name.lastIndexOf('.');
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, SOURCE.formatted(name.substring(0, dot), name.substring(dot + 1), TRACE));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", file.toString());
    if (result != 0) {
      throw new IllegalStateException(name);
    }
  }
}
