/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.threads.BackgroundThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HostResolverTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final InetAddress[] LOOPBACK = {InetAddress.getLoopbackAddress()};

  private final AtomicInteger lookups = new AtomicInteger();
  private final CountDownLatch answer = new CountDownLatch(1);

  private InetAddress[] hang(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    try {
      answer.await();
      return LOOPBACK;
    } catch (InterruptedException e) {
      throw new UnknownHostException(host);
    }
  }

  @Test
  void hangingLookup_isGivenUpAfterTheTimeAndMadeOnce() throws Exception {
    try (HostResolver resolver = new HostResolver(this::hang)) {
      Duration moment = Duration.ofMillis(1);
      assertThrows(UnknownHostException.class, () -> resolver.resolve("a.example", moment));
      assertThrows(UnknownHostException.class, () -> resolver.resolve("a.example", moment));
      assertEquals(1, lookups.get());
      answer.countDown();
      assertArrayEquals(LOOPBACK, resolver.resolve("a.example", LONG));
    }
  }

  @Test
  void lookupWithoutThread_failsAtOnceAndTheNextIsMadeAnew() throws Exception {
    answer.countDown();
    AtomicInteger threads = new AtomicInteger();
    ThreadFactory scarce =
        work -> {
          if (threads.getAndIncrement() == 0) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return new Thread(work);
        };
    try (HostResolver resolver =
        new HostResolver(this::hang, new BackgroundThreads("scarce", scarce))) {
      assertThrows(UnknownHostException.class, () -> resolver.resolve("a.example", LONG));
      assertArrayEquals(LOOPBACK, resolver.resolve("a.example", LONG));
    }
  }

  @Test
  void eachLookup_isMadeAnew() throws Exception {
    answer.countDown();
    try (HostResolver resolver = new HostResolver(this::hang)) {
      resolver.resolve("a.example", LONG);
      resolver.resolve("a.example", LONG);
      assertEquals(2, lookups.get());
    }
  }

  @Test
  void addresses_areNotLookedUp() throws Exception {
    try (HostResolver resolver = new HostResolver(this::hang)) {
      assertEquals("127.0.0.1", resolver.resolve("127.0.0.1", LONG)[0].getHostAddress());
      assertEquals("0:0:0:0:0:0:0:1", resolver.resolve("::1", LONG)[0].getHostAddress());
      assertEquals(0, lookups.get());
    }
  }

  @Test
  void unknownHost_isUnknown() {
    try (HostResolver resolver =
        new HostResolver(
            host -> {
              throw new UnknownHostException("nobody");
            })) {
      UnknownHostException e =
          assertThrows(UnknownHostException.class, () -> resolver.resolve("a.example", LONG));
      assertTrue(e.getMessage().contains("a.example"), e::getMessage);
    }
  }
}
