/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.Provider;
import java.util.Optional;

/**
 * Finds the native crypto providers that an application or its container brings. They are used as
 * objects and installed nowhere, so that nothing outside of the filter changes, and none is left
 * when it is gone.
 */
final class NativeSignatures {

  private NativeSignatures() {}

  /**
   * The engine of a native provider, if its class is there: where the application finds classes, or
   * where those of the filter come from.
   *
   * @throws UnusableProviderException if it is there and does not work
   */
  static Optional<SignatureEngine> find(SignatureProvider which) throws UnusableProviderException {
    ClassLoader caller = Thread.currentThread().getContextClassLoader();
    try {
      Optional<Class<?>> type =
          type(which, caller).or(() -> type(which, NativeSignatures.class.getClassLoader()));
      if (type.isPresent()) {
        // threads that the provider may start are not to keep the application
        Thread.currentThread().setContextClassLoader(type.get().getClassLoader());
        return Optional.of(new JavaSignatures(provider(type.get())));
      }
      return Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      throw new UnusableProviderException(e);
    } finally {
      Thread.currentThread().setContextClassLoader(caller);
    }
  }

  private static Optional<Class<?>> type(SignatureProvider which, ClassLoader loader) {
    try {
      return Optional.of(Class.forName(which.type(), false, loader));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Provider provider(Class<?> type) throws ReflectiveOperationException {
    return type.asSubclass(Provider.class).getConstructor().newInstance();
  }
}
