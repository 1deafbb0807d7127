/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

  private static final List<String> NUMBERS =
      List.of("0", "-0", "1e400", "1e-300", "1800000000.9", "9223372036854775808", "-12E+3");
  private static final int[] EDGES = {
    0, 9, 10, 13, 31, 32, '"', '\\', '/', 0x7f, 0x85, 0xa0, 0x2028, 0x2029, 0xd7ff, 0xe000, 0xfeff,
    0xffff, 0x10000, 0x1f600, 0x10ffff
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyValue_readsBackAsItWasWritten(long seed) throws MalformedJsonException {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      JsonObject object = object(random, 4);

      String text = object.toString();

      assertEquals(object, JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8)), text);
    }
  }

  @Test
  void only_keepsOneMember() {
    JsonObject object = JsonObject.of(Map.of("a", JsonLiteral.TRUE, "b", JsonLiteral.NULL));

    assertEquals("{\"b\":null}", object.only("b").toString());
    assertEquals("{}", object.only("c").toString());
  }

  @Test
  void objects_areEqualByTheirMembers() {
    JsonObject object = JsonObject.of(Map.of("a", JsonLiteral.TRUE, "b", JsonLiteral.NULL));

    assertEquals(object.only("a"), JsonObject.of(Map.of("a", JsonLiteral.TRUE)));
    assertNotEquals(object.only("a"), object);
    assertNotEquals(object.only("a"), JsonObject.of(Map.of("a", JsonLiteral.FALSE)));
    assertNotEquals(object, object.members());
  }

  private static JsonValue value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> new JsonString(text(random));
      case 1 -> new JsonNumber(NUMBERS.get(random.nextInt(NUMBERS.size())));
      case 2 -> JsonLiteral.values()[random.nextInt(3)];
      case 3 -> array(random, depth - 1);
      default -> object(random, depth - 1);
    };
  }

  private static JsonArray array(Random random, int depth) {
    return new JsonArray(
        Stream.generate(() -> value(random, depth)).limit(random.nextInt(5)).toList());
  }

  private static JsonObject object(Random random, int depth) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      members.put(text(random), value(random, depth));
    }
    return JsonObject.of(members);
  }

  private static String text(Random random) {
    return IntStream.range(0, random.nextInt(6))
        .map(
            i ->
                random.nextBoolean()
                    ? EDGES[random.nextInt(EDGES.length)]
                    : 'a' + random.nextInt(26))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
