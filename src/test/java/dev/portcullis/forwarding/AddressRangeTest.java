/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("HTTP-05: addresses in headers are addresses, or nothing")
class AddressRangeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890", "1.2.3", "0000000", "010.0.0.1", "1.2.3.4.", "1.1.1.1.1", "256.1.1.1", "",
        "999.999.999.999", ".......", "[1.2.3.4]", "1::2::3", ":", "[::1", "::1]", "fe80::1%eth0"
      })
  void otherText_isNoAddress(String text) {
    assertEquals(Optional.empty(), AddressRange.address(text).map(octets -> octets.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "255.249.199.99", "10.0.0.1", "::ffff:1.2.3.4"})
  void fourOctets_areAnAddress(String text) {
    assertEquals(4, AddressRange.address(text).orElseThrow().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "[::1]", "2001:db8::9", "fe80:0:0:0:ABCD:0:1:2"})
  void sixteenOctets_areAnAddress(String text) {
    assertEquals(16, AddressRange.address(text).orElseThrow().length);
  }

  @Test
  @DisplayName("the time it takes does not grow with the square of the length")
  void longText_isRefusedAtOnce() {
    String text = ":".repeat(200_000) + "x";
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertTrue(AddressRange.address(text).isEmpty()));
  }
}
