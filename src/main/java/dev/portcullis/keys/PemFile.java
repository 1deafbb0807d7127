/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a file in PEM (RFC 7468): what is written between them is for people. */
record PemFile(List<Block> blocks) {

  /** One block: its label and its content. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(String label, byte[] der) {}

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  PemFile {
    blocks = List.copyOf(blocks);
  }

  /** Reads what PEM there is; a file in another format has no blocks. */
  static PemFile parse(byte[] content) {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
    }
    return new PemFile(blocks);
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  List<Block> labelled(String ending) {
    return blocks.stream().filter(block -> block.label().endsWith(ending)).toList();
  }
}
