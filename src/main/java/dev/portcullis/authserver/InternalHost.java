/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Knows the hosts that a document from outside must not lead to: literal addresses of this machine,
 * of the link, and of private networks. No name is looked up.
 */
final class InternalHost {

  private static final Pattern QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  /** What some resolvers read as an address: octal, hexadecimal, in fewer parts. */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");

  private static final Pattern LOCAL = Pattern.compile("(.*\\.)?localhost\\.?");

  private InternalHost() {}

  /** Whether a host, as a URL has it, is one of those. */
  static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") || QUAD.matcher(name).matches()) {
      return isLiteral(name);
    }
    return NUMBER.matcher(name).matches() || LOCAL.matcher(name).matches();
  }

  private static boolean isLiteral(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || address.isLinkLocalAddress()
          || address.isSiteLocalAddress()
          || address.isMulticastAddress()
          || isReserved(address);
    } catch (UnknownHostException e) {
      return true; // not an address after all: leads nowhere
    }
  }

  /** Unique local and embedded addresses of IPv6; "this network" and shared space of IPv4. */
  private static boolean isReserved(InetAddress address) {
    byte[] octets = address.getAddress();
    int first = octets[0] & 0xFF;
    if (address instanceof Inet6Address six) {
      return (first & 0xFE) == 0xFC || six.isIPv4CompatibleAddress() || isTranslated(octets);
    }
    return first == 0 || (first == 100 && (octets[1] & 0xC0) == 0x40);
  }

  /** An IPv4 address in the well-known prefix 64:ff9b::/96 (RFC 6052). */
  private static boolean isTranslated(byte[] octets) {
    return octets[0] == 0x00
        && octets[1] == 0x64
        && octets[2] == (byte) 0xFF
        && octets[3] == (byte) 0x9B;
  }
}
