/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.api.Reason;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Credentials;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the credentials of a request (RFC 6750 section 2, RFC 9449 section 7.1): in one {@code
 * Authorization} field and nowhere else. Immutable.
 */
final class CredentialsExtractor {

  /** Key of how long a token may be. */
  static final String MAX_LENGTH = "token.max-length";

  /**
   * A comma behind which another challenge-like scheme stands: several credentials in one field.
   */
  private static final Pattern FURTHER_SCHEME =
      Pattern.compile(",\\s*(Bearer|DPoP)(?:\\s|$)", Pattern.CASE_INSENSITIVE);

  private final Set<AuthScheme> accepted;
  private final int maxLength;

  /**
   * Makes one.
   *
   * @param accepted the schemes that are accepted
   * @param maxLength how long a token may be
   */
  CredentialsExtractor(Set<AuthScheme> accepted, int maxLength) {
    this.accepted = accepted;
    this.maxLength = maxLength;
  }

  /**
   * The credentials, or nothing if there are none that are accepted here.
   *
   * @throws RefusedException if they are malformed or ambiguous
   */
  Optional<Credentials> extract(ResourceRequest request) throws RefusedException {
    List<String> fields = request.authorization();
    if (fields.size() > 1) {
      throw malformed("several fields");
    }
    if (QueryToken.isIn(request.query())) {
      throw malformed("token in the query");
    }
    return fields.isEmpty() ? Optional.empty() : parse(fields.get(0));
  }

  /** The accepted scheme a request tried, if exactly one can be told. */
  Optional<AuthScheme> attempted(ResourceRequest request) {
    Set<AuthScheme> tried = EnumSet.noneOf(AuthScheme.class);
    for (String field : request.authorization()) {
      scheme(field).ifPresent(tried::add);
      if (field.indexOf(',') >= 0) {
        FURTHER_SCHEME
            .matcher(field)
            .results()
            .forEach(further -> scheme(further.group(1)).ifPresent(tried::add));
      }
    }
    return tried.size() == 1 ? Optional.of(tried.iterator().next()) : Optional.empty();
  }

  /** A scheme of ours that the one field names and that is not accepted here. */
  Optional<AuthScheme> unaccepted(ResourceRequest request) {
    String field = request.authorization().size() == 1 ? request.authorization().get(0) : "";
    return AuthScheme.named(field.substring(0, nameEnd(field)))
        .filter(scheme -> !accepted.contains(scheme));
  }

  private Optional<Credentials> parse(String field) throws RefusedException {
    if (isAmbiguous(field)) {
      throw malformed("several credentials");
    }
    Optional<AuthScheme> scheme = scheme(field);
    if (scheme.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Credentials(scheme.get(), token(field, nameEnd(field))));
  }

  private Optional<AuthScheme> scheme(String field) {
    return AuthScheme.named(field.substring(0, nameEnd(field))).filter(accepted::contains);
  }

  private AccessToken token(String field, int nameEnd) throws RefusedException {
    int start = nameEnd;
    while (start < field.length() && field.charAt(start) == ' ') {
      start++;
    }
    if (start == field.length()) {
      throw malformed("no token");
    }
    if (field.length() - start > maxLength) {
      throw malformed(MAX_LENGTH, "token length");
    }
    return Optional.of(field.substring(start))
        .filter(text -> field.charAt(nameEnd) == ' ')
        .flatMap(AccessToken::parse)
        .orElseThrow(() -> malformed("token characters"));
  }

  /**
   * Where the scheme name ends: at the first character that RFC 9110 has no place for in a token.
   */
  private static int nameEnd(String field) {
    int end = 0;
    while (end < field.length() && field.charAt(end) > ' ' && field.charAt(end) != ',') {
      end++;
    }
    return end;
  }

  private static boolean isAmbiguous(String field) {
    return field.indexOf(',') >= 0 && FURTHER_SCHEME.matcher(field).find();
  }

  private static RefusedException malformed(String part) {
    return malformed("", part);
  }

  private static RefusedException malformed(String setting, String part) {
    return RefusedException.of(OAuthError.INVALID_REQUEST, Reason.REQUEST_MALFORMED, setting)
        .detailed("Authorization: " + part);
  }
}
