/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.PushBuilder;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link HiddenCredentialsTest} cannot ask for, as browsers no longer take pushes. */
class CredentialFreeRequestTest {

  @Test
  @DisplayName("Settings 3.10: what is pushed along carries neither token nor proof")
  void push_hasNoCredentials() {
    Set<String> fields = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    fields.add("Authorization");
    fields.add("dpop");
    fields.add("Accept");

    new CredentialFreeRequest(request(push(fields))).newPushBuilder();

    assertEquals("[Accept]", fields.toString());
  }

  @Test
  @DisplayName("Settings 3.10: a client that takes no push is pushed nothing")
  void noPush_staysNone() {
    assertNull(new CredentialFreeRequest(request(null)).newPushBuilder());
  }

  private static HttpServletRequest request(@Nullable PushBuilder push) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> push);
  }

  private static PushBuilder push(Set<String> fields) {
    return (PushBuilder)
        Proxy.newProxyInstance(
            PushBuilder.class.getClassLoader(),
            new Class<?>[] {PushBuilder.class},
            (proxy, method, arguments) -> {
              assertEquals("removeHeader", method.getName());
              fields.remove((String) arguments[0]);
              return proxy;
            });
  }
}
