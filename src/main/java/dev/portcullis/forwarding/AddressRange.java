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

  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

  /** Not with a dot in front: Java asks the name service about such a text, colons or not. */
  private static final Pattern IPV6 = Pattern.compile("\\[?[0-9a-fA-F:][0-9a-fA-F:.]{1,44}]?");

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
    boolean isIpv6 = text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
    if (!isIpv6 && !IPV4.matcher(text).matches()) {
      return Optional.empty(); // what Java takes for a name it would look up
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
