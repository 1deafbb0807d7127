/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Headers by their text: a client sends the same with each of its proofs, and reading a key costs
 * more than all else but the signature. Only headers are kept whose key a good token is bound to,
 * so that whoever makes up keys and tokens keeps nobody out; in two generations, of which the older
 * is dropped when the younger is full. Safe for use by several threads.
 */
final class ProofHeaders {

  /** How many headers a generation holds. */
  static final int GENERATION = 5_000;

  /**
   * The longest text that is kept; that of the largest RSA key has half as many characters. A
   * client can fill up its headers, and so all memory.
   */
  static final int LONGEST = 2_048;

  private volatile ConcurrentMap<String, ProofHeader> young = new ConcurrentHashMap<>();
  private volatile ConcurrentMap<String, ProofHeader> old = new ConcurrentHashMap<>();

  /** The header of that text, if it is known. */
  Optional<ProofHeader> get(String text) {
    ProofHeader header = young.get(text);
    return Optional.ofNullable(header == null ? old.get(text) : header);
  }

  /** Keeps a header whose key a good token is bound to. */
  void keep(String text, ProofHeader header) {
    if (text.length() > LONGEST) {
      return;
    }
    if (young.size() >= GENERATION) {
      turn();
    }
    young.putIfAbsent(text, header);
  }

  private synchronized void turn() {
    if (young.size() >= GENERATION) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }
}
