/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.json;

/**
 * Who wrote a text, and so how strictly it is read. A client is given no room. The authorization
 * server is trusted with the length of what it says, which its reader bounds in octets; what it
 * says clumsily and can mean one thing only is read.
 */
enum Sender {
  /** A client: 2000 members and elements in all, 32 characters to a number, no lone surrogate. */
  CLIENT(2000, 32),

  /**
   * The authorization server: any number of members. A byte order mark may come first, a lone
   * surrogate is replaced, a member that is {@code null} is absent, and so is one that holds
   * nothing but such members.
   */
  AUTHORIZATION_SERVER(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final int mostItems;
  private final int longestNumber;

  Sender(int mostItems, int longestNumber) {
    this.mostItems = mostItems;
    this.longestNumber = longestNumber;
  }

  /** How many members and elements a text may have in all. */
  int mostItems() {
    return mostItems;
  }

  /** How many characters a number may have. */
  int longestNumber() {
    return longestNumber;
  }

  /** Whether what has one meaning is read although it is not well said. */
  boolean isTrusted() {
    return this == AUTHORIZATION_SERVER;
  }
}
