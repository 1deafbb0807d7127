/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.api.AuditSink;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Optional;

/** Finds the class of a custom sink: with the application's class loader first, then with ours. */
final class SinkClass {

  private SinkClass() {}

  /**
   * The constructor of a class.
   *
   * @throws UnusableSinkException if it is no class of a sink
   */
  static Constructor<? extends AuditSink> constructor(String name) throws UnusableSinkException {
    Class<?> found = find(name);
    if (!AuditSink.class.isAssignableFrom(found)) {
      throw new UnusableSinkException(
          "'" + name + "' does not implement " + AuditSink.class.getName() + ".");
    }
    int modifiers = found.getModifiers();
    if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers)) {
      throw new UnusableSinkException("'" + name + "' must be public and not abstract.");
    }
    try {
      return found.asSubclass(AuditSink.class).getConstructor();
    } catch (NoSuchMethodException e) {
      throw new UnusableSinkException(
          "'" + name + "' must have a public constructor without parameters.");
    } catch (LinkageError e) {
      throw notLoaded(name, e);
    }
  }

  private static Class<?> find(String name) throws UnusableSinkException {
    Optional<ClassLoader> application =
        Optional.ofNullable(Thread.currentThread().getContextClassLoader());
    ClassLoader ours = SinkClass.class.getClassLoader();
    try {
      return load(name, application.orElse(ours));
    } catch (ClassNotFoundException e) {
      return findWithOurs(name, ours);
    }
  }

  private static Class<?> findWithOurs(String name, ClassLoader ours) throws UnusableSinkException {
    try {
      return load(name, ours);
    } catch (ClassNotFoundException e) {
      throw new UnusableSinkException("class '" + name + "' was not found.");
    }
  }

  private static Class<?> load(String name, ClassLoader loader)
      throws ClassNotFoundException, UnusableSinkException {
    try {
      return Class.forName(name, false, loader);
    } catch (LinkageError e) {
      throw notLoaded(name, e);
    }
  }

  private static UnusableSinkException notLoaded(String name, LinkageError fault) {
    return new UnusableSinkException(
        "'" + name + "' cannot be loaded: " + WatchedSink.summary(fault) + ".");
  }
}
