/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.api.Secret;
import dev.portcullis.dpop.DpopSettings.Nonces;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and recognises nonces (RFC 9449 sections 8 and 9) without remembering any: version, time of
 * issue and random bits, authenticated by HMAC-SHA-256. Nodes that share the key accept each
 * other's. Safe for use by several threads.
 */
final class DpopNonces {

  private static final byte VERSION = 1;
  private static final int RANDOM = 8;
  private static final int STATEMENT = 1 + Long.BYTES + RANDOM;
  private static final int TAG = 16;
  private static final int LENGTH = (STATEMENT + TAG + 2) / 3 * 4;
  private static final int KEY = 32;

  private final Duration lifetime;
  private final Duration skew;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final List<Mac> keys = new ArrayList<>();

  /**
   * Makes an issuer.
   *
   * @param skew how far the clocks of nodes that share the key may be apart
   */
  DpopNonces(Nonces settings, Duration skew, InstantSource clock) {
    this.lifetime = settings.lifetime();
    this.skew = skew;
    this.clock = clock;
    keys.add(mac(settings.key().map(DpopNonces::decode).orElseGet(this::randomKey)));
    settings.previousKey().map(DpopNonces::decode).map(DpopNonces::mac).ifPresent(keys::add);
  }

  /** A new nonce. */
  String issue() {
    byte[] nonce = new byte[STATEMENT + TAG];
    byte[] bits = new byte[RANDOM];
    random.nextBytes(bits);
    ByteBuffer.wrap(nonce).put(VERSION).putLong(clock.instant().getEpochSecond()).put(bits);
    System.arraycopy(tag(keys.get(0), nonce), 0, nonce, STATEMENT, TAG);
    return Base64Url.encode(nonce);
  }

  /** When a nonce was issued, or nothing if it is not one of ours or not good any more. */
  Optional<Instant> issuedAt(String nonce) {
    if (nonce.length() != LENGTH) {
      return Optional.empty();
    }
    return Base64Url.decode(nonce)
        .filter(this::isAuthentic)
        .map(octets -> Instant.ofEpochSecond(ByteBuffer.wrap(octets).getLong(1)))
        .filter(this::isGood);
  }

  /** From when on a nonce issued at that time is not accepted. */
  Instant expiryOf(Instant issuedAt) {
    return issuedAt.plus(lifetime).plusSeconds(1);
  }

  /** Whether a nonce issued at that time should be replaced: it is past half of its life. */
  boolean isDue(Instant issuedAt) {
    return clock.instant().isAfter(issuedAt.plus(lifetime.dividedBy(2)));
  }

  private boolean isGood(Instant issuedAt) {
    Instant now = clock.instant();
    return now.isBefore(expiryOf(issuedAt)) && !issuedAt.isAfter(now.plus(skew));
  }

  private boolean isAuthentic(byte[] nonce) {
    byte[] tag = Arrays.copyOfRange(nonce, STATEMENT, nonce.length);
    boolean isOurs = false;
    for (Mac key : keys) {
      isOurs |= MessageDigest.isEqual(tag(key, nonce), tag);
    }
    return isOurs && nonce[0] == VERSION;
  }

  private static byte[] tag(Mac key, byte[] nonce) {
    try {
      Mac mac = (Mac) key.clone();
      mac.update(nonce, 0, STATEMENT);
      return Arrays.copyOf(mac.doFinal(), TAG);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("HMAC-SHA-256 of the Java platform can be cloned", e);
    }
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  private byte[] randomKey() {
    byte[] key = new byte[KEY];
    random.nextBytes(key);
    return key;
  }

  private static byte[] decode(Secret key) {
    return Base64.getDecoder().decode(key.reveal());
  }
}
