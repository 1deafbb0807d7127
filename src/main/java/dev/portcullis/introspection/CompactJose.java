/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.portcullis.authserver.Base64Url;
import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.json.JsonLiteral;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.JsonValue;
import dev.portcullis.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JWS or JWE in compact form (RFC 7515 section 7.1, RFC 7516 section 7.1), its parts read
 * strictly and nothing verified. Immutable.
 *
 * @param text all of it
 * @param header its header
 * @param parts its parts, decoded, the header included
 */
record CompactJose(String text, JsonObject header, List<byte[]> parts) {

  private static final int ENCRYPTED_KEY = 1;
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf"; // as octets

  /** Header members that change how all others are to be read, or what is done with the rest. */
  private static final List<String> NOT_UNDERSTOOD = List.of("crit", "b64", "zip");

  /** Reads a JWS: three parts, none of them empty. */
  static CompactJose jws(byte[] octets) throws UnreadableAnswerException {
    CompactJose jws = parse(octets, 3, "signed");
    if (jws.parts().stream().anyMatch(part -> part.length == 0)) {
      throw unreadable("a part of the signed JWT is empty");
    }
    return jws;
  }

  /** Reads a JWE: five parts, of which only that of the encrypted key may be empty. */
  static CompactJose jwe(byte[] octets) throws UnreadableAnswerException {
    CompactJose jwe = parse(octets, 5, "encrypted");
    for (int i = 0; i < jwe.parts().size(); i++) {
      if (i != ENCRYPTED_KEY && jwe.parts().get(i).length == 0) {
        throw unreadable("a part of the encrypted JWT is empty");
      }
    }
    return jwe;
  }

  private static CompactJose parse(byte[] octets, int count, String kind)
      throws UnreadableAnswerException {
    String text = bare(octets);
    String[] encoded = text.split("\\.", count + 1);
    if (encoded.length != count) {
      throw unreadable("it is no " + kind + " JWT of " + count + " parts");
    }
    List<byte[]> parts = new ArrayList<>();
    for (String part : encoded) {
      parts.add(
          Base64Url.decode(part)
              .orElseThrow(() -> unreadable("a part of the " + kind + " JWT is not base64url")));
    }
    JsonObject header = header(parts.get(0), kind);
    for (String name : NOT_UNDERSTOOD) {
      if (header.get(name).isPresent()) {
        throw unreadable("the header of the " + kind + " JWT has '" + name + "'");
      }
    }
    return new CompactJose(text, header, parts);
  }

  /** Without a byte order mark and white space around it: some servers end a line with it. */
  private static String bare(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    int start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    int end = text.length();
    while (start < end && isWhiteSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && isWhiteSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isWhiteSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** The payload of a JWS. */
  JsonObject payload() throws UnreadableAnswerException {
    try {
      return JsonReader.readAnswer(parts.get(1));
    } catch (MalformedJsonException e) {
      throw unreadable("the payload of the signed JWT is not JSON: " + e.getMessage());
    }
  }

  /** {@code kid} of the header. */
  Optional<String> kid() throws UnreadableAnswerException {
    JsonValue kid = header.get("kid").orElse(JsonLiteral.NULL);
    if (kid != JsonLiteral.NULL && header.text("kid").isEmpty()) {
      throw unreadable("'kid' is no string");
    }
    return header.text("kid");
  }

  /** Demands of a header member that it is exactly that text. */
  void demand(String member, String text, String setting) throws UnreadableAnswerException {
    if (!header.text(member).equals(Optional.of(text))) {
      throw new UnreadableAnswerException("'" + member + "' is not " + text, setting);
    }
  }

  /** As strictly as what a client sends: it says how all the rest is to be read. */
  private static JsonObject header(byte[] octets, String kind) throws UnreadableAnswerException {
    try {
      return JsonReader.readObject(octets);
    } catch (MalformedJsonException e) {
      throw unreadable("the header of the " + kind + " JWT is not JSON: " + e.getMessage());
    }
  }

  private static UnreadableAnswerException unreadable(String problem) {
    return new UnreadableAnswerException(problem, IntrospectionJwtSettings.RESPONSE);
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "CompactJose[" + parts.size() + " parts]";
  }
}
