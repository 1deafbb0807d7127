/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("INT-13: no input makes the reader throw anything but its own refusal")
class JsonReaderFuzzTest {

  private static final int ROUNDS = 20_000;
  private static final String SEED_TEXT =
      "{\"active\":true,\"exp\":1800000000.5,\"aud\":[\"a\",\"b\"],\"cnf\":{\"jkt\":\"\\u0041\\ud83d\\ude00\"},\"n\":-1e-5,\"s\":\"é😀\\n"
          + "\",\"x\":null,\"d\":[[[{\"e\":[]}]]]}";
  private static final byte[] ALPHABET =
      "{}[]\",:\\u0123456789abdefnrtEU+-. \n/*'\0\u007f".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void mutatedText_isReadOrRefused(long seed) {
    Random random = new Random(seed);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] text = SEED_TEXT.getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        text = mutate(text, random);
      }
      read += isRead(text, seed, round) ? 1 : 0;
    }
    int accepted = read;
    assertTrue(read > 0 && read < ROUNDS, () -> "read " + accepted + " of " + ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void randomText_isReadOrRefused(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] text = new byte[random.nextInt(40)];
      for (int i = 0; i < text.length; i++) {
        text[i] = i == 0 ? (byte) '{' : randomByte(random);
      }
      isRead(text, seed, round);
    }
    assertEquals("{}", readBack(new byte[] {'{', '}'}).toString());
  }

  /** Whether it was accepted; what was accepted must survive writing and reading again. */
  private static boolean isRead(byte[] text, long seed, int round) {
    JsonObject object;
    try {
      object = JsonReader.readObject(text);
    } catch (MalformedJsonException e) {
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("seed " + seed + ", round " + round, e);
    }
    assertEquals(object, readBack(object.toString().getBytes(StandardCharsets.UTF_8)));
    return true;
  }

  private static JsonObject readBack(byte[] text) {
    try {
      return JsonReader.readObject(text);
    } catch (MalformedJsonException e) {
      return fail("what was written cannot be read", e);
    }
  }

  private static byte[] mutate(byte[] text, Random random) {
    if (text.length == 0) {
      return new byte[] {randomByte(random)};
    }
    int at = random.nextInt(text.length);
    int length = random.nextInt(Math.min(8, text.length - at) + 1);
    return switch (random.nextInt(4)) {
      case 0 -> splice(text, at, at + 1, new byte[] {randomByte(random)});
      case 1 -> splice(text, at, at, new byte[] {randomByte(random)});
      case 2 -> splice(text, at, at + length, new byte[0]);
      default -> splice(text, at, at, Arrays.copyOfRange(text, at, at + length));
    };
  }

  private static byte randomByte(Random random) {
    return random.nextInt(8) == 0
        ? (byte) random.nextInt(256)
        : ALPHABET[random.nextInt(ALPHABET.length)];
  }

  private static byte[] splice(byte[] text, int from, int to, byte[] inserted) {
    byte[] result = new byte[text.length - (to - from) + inserted.length];
    System.arraycopy(text, 0, result, 0, from);
    System.arraycopy(inserted, 0, result, from, inserted.length);
    System.arraycopy(text, to, result, from + inserted.length, text.length - to);
    return result;
  }
}
