/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * An absolute URL with a host (RFC 3986 section 4.3), and without user information: that is a
 * secret.
 */
final class AbsoluteUrl {

  private static final int HIGHEST_PORT = 65535;

  private AbsoluteUrl() {}

  /** The URL, if its scheme is one of those; otherwise that text is the problem. */
  static URI parse(String text, Set<String> schemes, String problem)
      throws UnreadableValueException {
    try {
      URI url = new URI(text);
      if (isAscii(text) && hasScheme(url, schemes) && hasPlainAuthority(url)) {
        return url;
      }
    } catch (URISyntaxException e) {
      // its message quotes the value: ours must not
      throw new UnreadableValueException(problem);
    }
    throw new UnreadableValueException(problem);
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(unit -> unit < 128);
  }

  private static boolean hasScheme(URI url, Set<String> schemes) {
    return url.getScheme() != null && schemes.contains(url.getScheme().toLowerCase(Locale.ROOT));
  }

  private static boolean hasPlainAuthority(URI url) {
    return url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getPort() != 0
        && url.getPort() <= HIGHEST_PORT;
  }
}
