/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.oauth.ResourceRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a raw path has one meaning only. Containers differ in how they read encoded
 * separators, dot segments with parameters and broken escapes; such a path is refused before anyone
 * relies on it.
 */
final class PathSpelling {

  private static final Pattern DOUBTFUL =
      Pattern.compile(
          "%(?![0-9a-f]{2})" // broken escape
              + "|%(?:2f|5c|[01][0-9a-f]|7f|c2%[89][0-9a-f])" // encoded separators and controls
              + "|/(?:\\.|%2e){1,2}(?:;|%3b)" // dot segment with a parameter
              + "|/(?:%2e|\\.%2e|%2e\\.|%2e%2e)(?:/|$)" // encoded dot segment
              + "|/;", // parameter without a name
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PARAMETER = Pattern.compile(";|%3b", Pattern.CASE_INSENSITIVE);
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("/(?:\\.|%2e){1,2}(?:/|;|%3b|$)", Pattern.CASE_INSENSITIVE);

  private PathSpelling() {}

  static boolean isAmbiguous(ResourceRequest request) {
    return request.path().isEmpty() || isAmbiguous(request.uri());
  }

  static boolean isAmbiguous(String uri) {
    boolean plain = uri.indexOf('%') < 0 && uri.indexOf(';') < 0;
    return !isPrintable(uri)
        || (!plain && (DOUBTFUL.matcher(uri).find() || climbs(uri) || !isUtf8(uri)));
  }

  /** Whether a dot segment stands behind a parameter, where some containers take it for a part. */
  private static boolean climbs(String uri) {
    Matcher parameter = PARAMETER.matcher(uri);
    return parameter.find() && DOT_SEGMENT.matcher(uri).find(parameter.end());
  }

  /** Whether only characters stand there that RFC 3986 knows, give or take some harmless ones. */
  private static boolean isPrintable(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(String uri) {
    ByteBuffer octets = ByteBuffer.allocate(uri.length());
    for (int i = 0; i < uri.length(); i++) {
      if (uri.charAt(i) == '%') {
        octets.put((byte) Integer.parseInt(uri.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        octets.put((byte) ' ');
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(octets.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
