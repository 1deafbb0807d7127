/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An object of an interface that answers each method as it was told last, and what nobody told it
 * with nothing: null, zero, false. Safe for use by several threads.
 */
public final class Stub<T> implements InvocationHandler {

  /** What a method does. */
  @FunctionalInterface
  public interface Behaviour {

    /** Takes the arguments of a call, and returns or throws whatever it likes. */
    @Nullable Object call(Object[] arguments) throws Throwable;
  }

  private static final Map<Class<?>, Object> NOTHING =
      Map.of(boolean.class, false, int.class, 0, long.class, 0L);

  private final Class<T> type;
  private final T object;
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  private Stub(Class<T> type) {
    this.type = type;
    this.object =
        type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this));
  }

  /** Makes one. */
  public static <T> Stub<T> of(Class<T> type) {
    return new Stub<>(type);
  }

  /** Whatever a method of that name did before, it does this. */
  public Stub<T> with(String method, Behaviour behaviour) {
    behaviours.put(method, behaviour);
    return this;
  }

  /** A method of that name returns that. */
  public Stub<T> with(String method, @Nullable Object value) {
    return with(method, arguments -> value);
  }

  /** What the method of that name does now. */
  public Behaviour behaviour(String method) {
    return behaviours.getOrDefault(method, arguments -> null);
  }

  /** The object. */
  public T object() {
    return object;
  }

  /** How often a method of that name was called. */
  public long calls(String method) {
    return calls.stream().filter(method::equals).count();
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, method.getName(), given);
    }
    calls.add(method.getName());
    Behaviour behaviour = behaviours.get(method.getName());
    Object answer = behaviour == null ? null : behaviour.call(given);
    return answer == null ? NOTHING.get(method.getReturnType()) : answer;
  }

  private Object ofObject(Object proxy, String method, Object[] arguments) {
    return switch (method) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> type.getSimpleName() + " of a test";
    };
  }
}
