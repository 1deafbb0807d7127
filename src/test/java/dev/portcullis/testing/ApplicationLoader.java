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
      List.of("dev.portcullis.", "org.apache.hc.", "org.ehcache.", "org.slf4j.");

  /** Makes a class loader. */
  public ApplicationLoader() {
    super(ApplicationLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      boolean isOwn = OWN.stream().anyMatch(name::startsWith);
      return isOwn ? define(name) : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
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
