/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, such as {@code 10.0.0.0/8}; a single address is a range
 * too. Names are never looked up. Immutable.
 */
final class AddressRange {

  private static final Pattern LITERAL =
      Pattern.compile("[0-9.]{7,15}|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** The range that a text names, or nothing if it names none. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> network = address(slash < 0 ? text : text.substring(0, slash));
    String bits = slash < 0 ? "" : text.substring(slash + 1);
    if (network.isEmpty() || (slash >= 0 && !NUMBER.matcher(bits).matches())) {
      return Optional.empty();
    }
    int all = network.get().length * Byte.SIZE;
    int prefix = slash < 0 ? all : Integer.parseInt(bits);
    return prefix <= all ? Optional.of(new AddressRange(network.get(), prefix)) : Optional.empty();
  }

  /** The octets of an address that is written as such; an IPv4 address in IPv6 form is IPv4. */
  static Optional<byte[]> address(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(byte[] address) {
    int rest = network.length * Byte.SIZE - prefix;
    return address.length == network.length
        && new BigInteger(1, address)
            .shiftRight(rest)
            .equals(new BigInteger(1, network).shiftRight(rest));
  }
}
