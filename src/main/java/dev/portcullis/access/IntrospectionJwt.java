/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.json.JsonReader;
import dev.portcullis.json.JsonString;
import dev.portcullis.json.MalformedJsonException;
import dev.portcullis.oauth.AccessToken;
import java.util.Base64;
import java.util.Locale;

/**
 * Recognises a signed introspection answer that is presented as if it were an access token (RFC
 * 9701 section 8.1). No other use is made of what a token may say of itself.
 */
final class IntrospectionJwt {

  private static final String TYPE = "token-introspection+jwt";

  private IntrospectionJwt() {}

  static boolean isOne(AccessToken token) {
    String text = token.reveal();
    int end = text.indexOf('.');
    return end > 0 && text.indexOf('.', end + 1) > 0 && hasType(text.substring(0, end));
  }

  private static boolean hasType(String header) {
    try {
      return JsonReader.readObject(Base64.getUrlDecoder().decode(header))
          .get("typ")
          .filter(typ -> typ instanceof JsonString name && isType(name.value()))
          .isPresent();
    } catch (IllegalArgumentException | MalformedJsonException e) {
      return false; // not a JWS: an opaque token with two dots
    }
  }

  private static boolean isType(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals(TYPE) || lower.equals("application/" + TYPE);
  }
}
