/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.util.Map;

/**
 * One method of client authentication (RFC 6749 section 2.3). Exactly one is used with a request.
 * Immutable; never prints itself.
 */
sealed interface ClientAuthentication permits SecretBasic, SecretPost {

  /** Header fields to add to a request. */
  Map<String, String> headerFields();

  /** Parameters to add to its body, form-encoded; empty if none. */
  String parameters();

  /** The method that is set. */
  static ClientAuthentication of(ClientSettings settings) {
    return switch (settings.secretMethod()) {
      case BASIC -> new SecretBasic(settings.id(), settings.secret());
      case POST -> new SecretPost(settings.id(), settings.secret());
    };
  }
}
