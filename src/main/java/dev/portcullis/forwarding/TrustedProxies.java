/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import java.util.List;
import java.util.Optional;

/** The proxies whose word counts: {@code request.trusted-proxies}. Immutable. */
record TrustedProxies(List<AddressRange> ranges) {

  TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /** Whether an address, as text, is that of one of them. */
  boolean contains(String address) {
    if (ranges.isEmpty()) {
      return false;
    }
    Optional<byte[]> octets = AddressRange.address(withoutZone(address));
    return octets.isPresent() && ranges.stream().anyMatch(range -> range.contains(octets.get()));
  }

  /** Of an IPv6 address such as {@code fe80::1%eth0}. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }
}
