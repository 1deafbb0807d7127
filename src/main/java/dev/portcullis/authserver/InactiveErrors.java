/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.http.HttpReply;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The errors by which an authorization server says that a token is dead, where RFC 7662 section 2.2
 * wants {@code "active":false} of it. Never a status alone: that would make every fault of ours the
 * client's. Immutable.
 *
 * @param errors what they call it
 */
record InactiveErrors(Set<String> errors) {

  static final String KEY = "as.inactive-errors";

  private static final Set<Integer> STATUSES = Set.of(400, 401, 403);
  private static final Set<String> JSON = Set.of("application/json");
  private static final Set<String> ABOUT_US = Set.of("invalid_client", "unauthorized_client");

  /** RFC 6749 section 5.2, without the space. */
  private static final Pattern ERROR = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  static InactiveErrors read(ConfigReader reader) {
    List<String> errors = reader.list(KEY);
    for (String error : errors) {
      if (!ERROR.matcher(error).matches()) {
        reader.problem(KEY, "'" + error + "' is not an error code.");
      } else if (ABOUT_US.contains(error)) {
        reader.problem(KEY, "'" + error + "' is about this client, not about a token.");
      }
    }
    return new InactiveErrors(Set.copyOf(errors));
  }

  /** Whether a reply says that the token is dead. */
  boolean include(HttpReply reply) {
    return !errors.isEmpty()
        && STATUSES.contains(reply.status())
        && !reply.isEncoded()
        && MediaTypes.areAll(reply.contentType(), JSON)
        && error(reply.body()).filter(errors::contains).isPresent();
  }

  private static Optional<String> error(byte[] body) {
    try {
      return JsonReader.readAnswer(body).text("error");
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }
}
