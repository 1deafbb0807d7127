/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofHeadersTest {

  private final ProofHeaders headers = new ProofHeaders();

  @Test
  void header_isKeptForTwoGenerations() {
    ProofHeader first = header("first");
    headers.keep("first", first);
    fill(0, ProofHeaders.GENERATION - 1);
    assertEquals(Optional.of(first), headers.get("first"));
    assertEquals(Optional.empty(), headers.get("unknown"));
    fill(ProofHeaders.GENERATION, 2 * ProofHeaders.GENERATION - 1);
    assertEquals(Optional.of(first), headers.get("first"));
    headers.keep("last", header("last"));
    fill(2 * ProofHeaders.GENERATION, 2 * ProofHeaders.GENERATION + 1);
    assertEquals(Optional.empty(), headers.get("first"));
    assertEquals(Optional.of(header("last").thumbprint()), thumbprint("last"));
  }

  @Test
  void header_isNotReplaced() {
    headers.keep("text", header("one"));
    headers.keep("text", header("two"));
    assertEquals(Optional.of("one"), thumbprint("text"));
  }

  @Test
  void longHeader_isNotKept() {
    String longest = "h".repeat(ProofHeaders.LONGEST);
    headers.keep(longest, header("longest"));
    headers.keep(longest + "h", header("longer"));
    assertEquals(Optional.of("longest"), thumbprint(longest));
    assertEquals(Optional.empty(), thumbprint(longest + "h"));
  }

  private Optional<String> thumbprint(String text) {
    return headers.get(text).map(ProofHeader::thumbprint);
  }

  private void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      headers.keep("filler" + i, header("filler"));
    }
  }

  private static ProofHeader header(String thumbprint) {
    return new ProofHeader(thumbprint, (input, signature) -> false);
  }
}
