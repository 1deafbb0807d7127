/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.introspection.CacheSettings;
import dev.portcullis.introspection.CachingTokenIntrospector;
import dev.portcullis.introspection.Renewals;
import dev.portcullis.introspection.SharedTokenIntrospector;
import dev.portcullis.introspection.WaitingSettings;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.TokenInfo;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.Tokens;
import dev.portcullis.store.EhcacheTokenCache;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CAC-06: the cache keeps digests and no tokens. */
class CachingSecrecyTest {

  /** Says of each token whether it is active, and keeps nothing. */
  private static final class EverySecond implements TokenIntrospector {

    private final TokenInfo active = Tokens.active("\"sub\":\"alice\"");
    private final TokenInfo inactive = Tokens.inactive();
    private int calls;

    @Override
    public Optional<TokenInfo> known(TokenQuery query) {
      return Optional.empty();
    }

    @Override
    public TokenInfo introspect(TokenQuery query) {
      calls++;
      return calls % 2 == 0 ? active : inactive;
    }
  }

  @Test
  @DisplayName("CAC-06: after a thousand requests no token is on the heap, and its digest is")
  void heap_holdsDigestsOnly(@TempDir Path folder) throws Exception {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    ConfigReader settings =
        new ConfigReader(List.of(PropertySource.of(Map.of("cache.tokens", "true"))));
    try (Renewals renewals = new Renewals(50);
        EhcacheTokenCache active = new EhcacheTokenCache(10_000, 64 << 20, System::nanoTime);
        EhcacheTokenCache inactive = new EhcacheTokenCache(10_000, 64 << 20, System::nanoTime)) {
      SharedTokenIntrospector introspector =
          new SharedTokenIntrospector(
              new CachingTokenIntrospector(
                  new EverySecond(),
                  CacheSettings.read(settings),
                  active,
                  inactive,
                  System::nanoTime),
              new WaitingSettings(1, 1),
              renewals,
              Duration.ofSeconds(5),
              System::nanoTime);
      runAway(
          () -> {
            for (int i = 0; i < 1000; i++) {
              introspector.introspect(
                  new TokenQuery(
                      token("lost", secret, i), Optional.empty(), "exchange", Optional.empty()));
            }
          });
      assertEquals(1000, active.size() + inactive.size());
      AccessToken kept = token("kept", secret, 0);
      byte[] digest = maskedDigest(secret);
      Path dump = dump(folder);
      mask(digest);
      assertTrue(contains(dump, text("kept", secret)), "the search does not find " + kept);
      assertTrue(contains(dump, digest), "the digest of a token is not there");
      assertFalse(contains(dump, text("lost", secret)), "a token is there");
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  /** On a thread that is gone afterwards, so that no frame of it holds anything. */
  private static void runAway(Work work) throws Exception {
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Exception e) {
                failure[0] = e;
              }
            },
            "away");
    thread.start();
    thread.join();
    assertEquals(null, failure[0]);
  }

  private static AccessToken token(String kind, byte[] secret, int number) {
    return Tokens.token(new String(text(kind, secret), ISO_8859_1) + "." + number);
  }

  /** What all tokens of a kind begin with: not kept anywhere as it is. */
  private static byte[] text(String kind, byte[] secret) {
    byte[] changed = secret.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] ^= (byte) kind.charAt(i % kind.length());
    }
    return Base64.getUrlEncoder().withoutPadding().encode(changed);
  }

  /** The digest of the first token, masked, so that it is not on the heap because of this test. */
  private static byte[] maskedDigest(byte[] secret) throws Exception {
    byte[][] digest = new byte[1][];
    runAway(
        () -> {
          String text = token("lost", secret, 0).digest().base64Url();
          digest[0] = Base64.getUrlDecoder().decode(text);
          mask(digest[0]);
        });
    return digest[0];
  }

  private static void mask(byte[] octets) {
    for (int i = 0; i < octets.length; i++) {
      octets[i] ^= 0x55;
    }
  }

  private static Path dump(Path folder) throws IOException {
    Path file = folder.resolve("heap.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    return file;
  }

  private static boolean contains(Path file, byte[] wanted) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      int[] fallback = fallback(wanted);
      int matched = 0;
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        while (matched > 0 && (wanted[matched] & 0xff) != octet) {
          matched = fallback[matched - 1];
        }
        matched += (wanted[matched] & 0xff) == octet ? 1 : 0;
        if (matched == wanted.length) {
          return true;
        }
      }
      return false;
    }
  }

  /** Of Knuth, Morris and Pratt. */
  private static int[] fallback(byte[] wanted) {
    int[] fallback = new int[wanted.length];
    for (int i = 1, matched = 0; i < wanted.length; i++) {
      while (matched > 0 && wanted[i] != wanted[matched]) {
        matched = fallback[matched - 1];
      }
      matched += wanted[i] == wanted[matched] ? 1 : 0;
      fallback[i] = matched;
    }
    return fallback;
  }
}
