/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Optional;

/**
 * Finds the class of the user's that a setting names: with the application's class loader first,
 * then with ours.
 */
public final class PlugInClass {

  private PlugInClass() {}

  /**
   * The constructor of a class.
   *
   * @param type what the class must implement
   * @throws UnusableClassException if it is no such class
   */
  public static <T> Constructor<? extends T> constructor(String name, Class<T> type)
      throws UnusableClassException {
    Class<?> found = find(name);
    if (!type.isAssignableFrom(found)) {
      throw new UnusableClassException("'" + name + "' does not implement " + type.getName() + ".");
    }
    int modifiers = found.getModifiers();
    if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers)) {
      throw new UnusableClassException("'" + name + "' must be public and not abstract.");
    }
    try {
      return found.asSubclass(type).getConstructor();
    } catch (NoSuchMethodException e) {
      throw new UnusableClassException(
          "'" + name + "' must have a public constructor without parameters.");
    } catch (LinkageError e) {
      throw notLoaded(name, e);
    }
  }

  private static Class<?> find(String name) throws UnusableClassException {
    Optional<ClassLoader> application =
        Optional.ofNullable(Thread.currentThread().getContextClassLoader());
    ClassLoader ours = PlugInClass.class.getClassLoader();
    try {
      return load(name, application.orElse(ours));
    } catch (ClassNotFoundException e) {
      return findWithOurs(name, ours);
    }
  }

  private static Class<?> findWithOurs(String name, ClassLoader ours)
      throws UnusableClassException {
    try {
      return load(name, ours);
    } catch (ClassNotFoundException e) {
      throw new UnusableClassException("class '" + name + "' was not found.");
    }
  }

  private static Class<?> load(String name, ClassLoader loader)
      throws ClassNotFoundException, UnusableClassException {
    try {
      return Class.forName(name, false, loader);
    } catch (LinkageError e) {
      throw notLoaded(name, e);
    }
  }

  private static UnusableClassException notLoaded(String name, LinkageError fault) {
    return new UnusableClassException("'" + name + "' cannot be loaded: " + fault + ".");
  }
}
