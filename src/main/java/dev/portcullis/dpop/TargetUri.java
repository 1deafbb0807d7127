/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.ResourceRequest;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A target URI in its normal form, without query and fragment (RFC 9449 section 4.3): scheme and
 * host in lower case, no default port, unreserved characters decoded, escapes in upper case, dot
 * segments removed, an empty path is {@code /} (RFC 3986 sections 6.2.2 and 6.2.3). Nothing beyond
 * that is equated: two texts are the same URI if their normal forms are the same text. Works on the
 * text, as {@link java.net.URI} knows neither all hosts nor this normal form.
 */
public final class TargetUri {

  private static final String HEX = "0123456789ABCDEF";

  private TargetUri() {}

  /** The normal form, or nothing if the text is no absolute URI with a host. */
  static Optional<String> normalise(String uri) {
    int colon = firstOf(":/?#", uri, 0);
    if (colon == 0 || !uri.startsWith("://", colon)) {
      return Optional.empty();
    }
    String scheme = lowerCase(uri.substring(0, colon));
    int start = colon + 3;
    int pathStart = firstOf("/?#", uri, start);
    int pathEnd = firstOf("?#", uri, pathStart);
    Optional<String> authority = authority(scheme, uri.substring(start, pathStart));
    Optional<String> path = path(uri.substring(pathStart, pathEnd));
    return authority.isPresent() && path.isPresent()
        ? Optional.of(scheme + "://" + authority.get() + path.get())
        : Optional.empty();
  }

  /**
   * Whether a text is, letter by letter, the base URL and the path of a request as the client spelt
   * it, and so has the same normal form. As good as always it is, and then nothing need be
   * computed.
   */
  static boolean isSpeltOut(String uri, ResourceRequest request, BaseUrls baseUrls) {
    URI base = baseUrls.baseOf(request);
    String scheme = base.getScheme();
    String authority = base.getRawAuthority();
    String path = request.uri();
    return BaseUrls.prefixOf(base).isEmpty()
        && path.startsWith("/")
        && path.indexOf('%') < 0 // an escape could be broken, and then there is no normal form
        && uri.length() == scheme.length() + 3 + authority.length() + path.length()
        && uri.startsWith(scheme)
        && uri.startsWith("://", scheme.length())
        && uri.startsWith(authority, scheme.length() + 3)
        && uri.endsWith(path);
  }

  /**
   * The URI a client used for a request, in its normal form: the base URL and the path as the
   * client spelt it. Nothing if the spelling hides where the path of the application begins, or if
   * what was asked for is no path.
   */
  static Optional<String> of(ResourceRequest request, BaseUrls baseUrls) {
    if (!request.uri().startsWith("/")) {
      return Optional.empty(); // it would become a part of the host
    }
    URI base = baseUrls.baseOf(request);
    String prefix = BaseUrls.prefixOf(base);
    String origin = base.getScheme() + "://" + base.getRawAuthority();
    if (prefix.isEmpty()) {
      return normalise(origin + request.uri());
    }
    return path(request.uri())
        .flatMap(path -> below(request.contextPath(), path))
        .flatMap(rest -> normalise(origin + prefix + rest));
  }

  /** What follows a context path, which the container gives decoded, in a normal path. */
  private static Optional<String> below(String contextPath, String path) {
    String context = BaseUrls.encode(contextPath);
    return context.isEmpty() || path.startsWith(context + "/")
        ? Optional.of(path.substring(context.length()))
        : Optional.empty();
  }

  private static Optional<String> authority(String scheme, String authority) {
    int port = authority.lastIndexOf(':');
    boolean hasPort = port > authority.lastIndexOf(']');
    String host = lowerCase(hasPort ? authority.substring(0, port) : authority);
    String digits = hasPort ? authority.substring(port + 1) : "";
    if (!isHost(host) || authority.indexOf('@') >= 0) {
      return Optional.empty();
    }
    boolean isDefault = digits.isEmpty() || digits.equals(scheme.equals("https") ? "443" : "80");
    return Optional.of(isDefault ? host : host + ":" + digits);
  }

  /** Colons are for addresses in brackets; else two ports would be one too many to take away. */
  private static boolean isHost(String host) {
    return !host.isEmpty()
        && (host.indexOf(':') < 0
            || (host.startsWith("[") && host.indexOf(']') == host.length() - 1));
  }

  /** The path in its normal form, or nothing if an escape in it is broken. */
  public static Optional<String> path(String path) {
    if (path.indexOf('%') < 0 && path.indexOf("/.") < 0 && !path.isEmpty()) {
      return Optional.of(path);
    }
    return decodeUnreserved(path).map(TargetUri::removeDotSegments);
  }

  private static Optional<String> decodeUnreserved(String path) {
    StringBuilder decoded = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '%') {
        decoded.append(path.charAt(i));
        continue;
      }
      int high = i + 2 < path.length() ? hex(path.charAt(i + 1)) : -1;
      int low = high < 0 ? -1 : hex(path.charAt(i + 2));
      if (low < 0) {
        return Optional.empty();
      }
      char octet = (char) (high << 4 | low);
      if (isUnreserved(octet)) {
        decoded.append(octet);
      } else {
        decoded.append('%').append(HEX.charAt(high)).append(HEX.charAt(low));
      }
      i += 2;
    }
    return Optional.of(decoded.toString());
  }

  /** RFC 3986 section 5.2.4, for a path that begins with a slash. */
  private static String removeDotSegments(String path) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean isLast = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> addIf(isLast, kept);
        case ".." -> {
          kept.pollLast();
          addIf(isLast, kept);
        }
        default -> kept.addLast(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }

  /** A dot segment at the end leaves its slash behind. */
  private static void addIf(boolean isLast, Deque<String> kept) {
    if (isLast) {
      kept.addLast("");
    }
  }

  /** Letters of ASCII only: what other scripts make of theirs is not the same host. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return lower.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  /** Where the first of those characters stands, or the end. */
  private static int firstOf(String characters, String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
