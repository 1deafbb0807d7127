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
   * @throws ClassNotFoundException if it is no class of a sink; the message tells a deployer why
   */
  static Constructor<? extends AuditSink> constructor(String name) throws ClassNotFoundException {
    Class<?> found = find(name);
    if (!AuditSink.class.isAssignableFrom(found)) {
      throw new ClassNotFoundException(
          "'" + name + "' does not implement " + AuditSink.class.getName() + ".");
    }
    int modifiers = found.getModifiers();
    try {
      if (Modifier.isPublic(modifiers) && !Modifier.isAbstract(modifiers)) {
        return found.asSubclass(AuditSink.class).getConstructor();
      }
    } catch (NoSuchMethodException e) {
      throw notUsable(name, e);
    }
    throw notUsable(name, new IllegalAccessException(Modifier.toString(modifiers)));
  }

  private static ClassNotFoundException notUsable(String name, Throwable cause) {
    return new ClassNotFoundException(
        "'" + name + "' must be a public class with a public constructor without parameters.",
        cause);
  }

  private static Class<?> find(String name) throws ClassNotFoundException {
    Optional<ClassLoader> application =
        Optional.ofNullable(Thread.currentThread().getContextClassLoader());
    ClassLoader ours = SinkClass.class.getClassLoader();
    try {
      return Class.forName(name, false, application.orElse(ours));
    } catch (ClassNotFoundException e) {
      return findWith(ours, name);
    } catch (LinkageError e) {
      throw notLoaded(name, e);
    }
  }

  private static Class<?> findWith(ClassLoader loader, String name) throws ClassNotFoundException {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new ClassNotFoundException("class '" + name + "' was not found.", e);
    } catch (LinkageError e) {
      throw notLoaded(name, e);
    }
  }

  private static ClassNotFoundException notLoaded(String name, LinkageError e) {
    return new ClassNotFoundException(
        "'" + name + "' cannot be loaded: " + WatchedSink.summary(e) + ".", e);
  }
}
