/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.TokenInfo;
import java.util.List;
import java.util.Optional;

/**
 * What marks a token as one that a client obtained for itself (RFC 6749 section 4.4): no standard
 * says so, and servers differ. Immutable.
 *
 * @param noSubject whether a token without {@code sub} is a client's, though it has a {@code
 *     username}
 * @param subjectIsClient whether one is whose {@code sub} is its {@code client_id}
 * @param usernamePrefixes what stands before the client id in the {@code username} of a client
 */
record ClientMarks(boolean noSubject, boolean subjectIsClient, List<String> usernamePrefixes) {

  private static final String KEY = "principal.client-if";
  private static final String NO_SUBJECT = "no-subject";
  private static final String SUBJECT_IS_CLIENT = "subject-is-client";
  private static final String USERNAME_PREFIX = "username-prefix:";

  /** Right for Spring Authorization Server, PingFederate, and Keycloak, which has the last one. */
  private static final List<String> DEFAULTS =
      List.of(SUBJECT_IS_CLIENT, USERNAME_PREFIX + "service-account-");

  /** Copies the list. */
  ClientMarks {
    usernamePrefixes = List.copyOf(usernamePrefixes);
  }

  static ClientMarks read(ConfigReader config) {
    List<String> marks = config.list(KEY, DEFAULTS);
    for (String mark : marks) {
      boolean isPrefix =
          mark.startsWith(USERNAME_PREFIX) && mark.length() > USERNAME_PREFIX.length();
      if (!isPrefix && !mark.equals(NO_SUBJECT) && !mark.equals(SUBJECT_IS_CLIENT)) {
        config.problem(
            KEY,
            "'" + mark + "' is not one of: no-subject, subject-is-client, username-prefix:<text>.");
      }
    }
    return new ClientMarks(
        marks.contains(NO_SUBJECT),
        marks.contains(SUBJECT_IS_CLIENT),
        marks.stream()
            .filter(mark -> mark.startsWith(USERNAME_PREFIX))
            .map(mark -> mark.substring(USERNAME_PREFIX.length()))
            .toList());
  }

  /** Whether a token is marked so. */
  boolean isOn(TokenInfo info) {
    Optional<String> client = info.clientId();
    return (subjectIsClient && client.isPresent() && client.equals(info.subject()))
        || client.flatMap(id -> info.username().filter(name -> isAccountOf(id, name))).isPresent();
  }

  /**
   * The whole name, as whoever may choose his name could choose one with that prefix. Keycloak
   * writes names in lower case, and the ids of clients as they are.
   */
  private boolean isAccountOf(String clientId, String username) {
    return usernamePrefixes.stream()
        .anyMatch(prefix -> username.equalsIgnoreCase(prefix + clientId));
  }
}
