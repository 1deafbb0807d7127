/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Loads our classes and the libraries in our JAR anew, as the class loader of each application
 * does; all else comes from the class path of the tests.
 */
public final class ApplicationLoader extends ClassLoader {

  private static final List<String> OWN =
      List.of(
          "dev.portcullis.",
          "org.apache.hc.",
          "org.bouncycastle.",
          "org.ehcache.",
          "org.jose4j.",
          "org.slf4j.");

  /** What a test has in common with what it tests. */
  private static final String SHARED = "dev.portcullis.testing.";

  private final String missing;

  /** Makes a class loader. */
  public ApplicationLoader() {
    this("");
  }

  /** Makes one that lacks a class, or all those below a package if the name ends with a dot. */
  public ApplicationLoader(String missing) {
    super(ApplicationLoader.class.getClassLoader());
    this.missing = missing;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      boolean isOwn = OWN.stream().anyMatch(name::startsWith) && !name.startsWith(SHARED);
      return isOwn ? define(name) : super.loadClass(name, resolve);
    }
  }

  private boolean isMissing(String name) {
    return missing.endsWith(".") ? name.startsWith(missing) : name.equals(missing);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    if (isMissing(name)) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] octets = in.readAllBytes();
      return defineClass(name, octets, 0, octets.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
