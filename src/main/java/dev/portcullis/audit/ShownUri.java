/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an entry shows of a URI: nothing in which a token may stand, where none may be (RFC 6750
 * section 2.3). Path parameters are left out, and so is what looks like a token's name, however it
 * is spelled: read more loosely than by any server.
 */
final class ShownUri {

  private static final Pattern PATH_PARAMETERS = Pattern.compile("(?:;|%(?:25)*3[bB])[^/]*");
  private static final Pattern SEGMENT = Pattern.compile("[^/]+");
  private static final Pattern NO_NAME = Pattern.compile("[^a-z0-9]");
  private static final int ENCODINGS = 3;
  private static final List<String> NAMES =
      List.of("accesstoken", "refreshtoken", "idtoken", "clientsecret", "clientassertion");

  private ShownUri() {}

  /** A path, or a URL that ends with one. */
  static String path(String path) {
    String bare =
        path.indexOf(';') < 0 && path.indexOf('%') < 0
            ? path
            : PATH_PARAMETERS.matcher(path).replaceAll("");
    return mayName(bare)
        ? SEGMENT.matcher(bare).replaceAll(segment -> isAssignment(segment.group()) ? "-" : "$0")
        : bare;
  }

  /** A query with its question mark; nothing if there is none or it may hold a token. */
  static String query(Optional<String> query) {
    return query.filter(text -> !mayName(text)).map(text -> "?" + text).orElse("");
  }

  private static boolean isAssignment(String segment) {
    return mayName(segment) && decoded(segment).indexOf('=') >= 0;
  }

  private static boolean mayName(String text) {
    String letters =
        NO_NAME
            .matcher(
                Normalizer.normalize(decoded(text), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
            .replaceAll("");
    return NAMES.stream().anyMatch(letters::contains);
  }

  /** Encoded several times, as it may be decoded several times behind us. */
  private static String decoded(String text) {
    String decoded = text;
    for (int i = 0; i < ENCODINGS && decoded.indexOf('%') >= 0; i++) {
      decoded = decodedOnce(decoded);
    }
    return decoded;
  }

  /** A percent sign that begins no escape stands for itself. */
  private static String decodedOnce(String text) {
    String whole = text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    return URLDecoder.decode(whole, StandardCharsets.UTF_8);
  }
}
