/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.AttributePath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where identity comes from: {@code subject.*}, {@code principal.*} and {@code roles.*}.
 *
 * @param subject the subject of audit entries
 * @param principal the name of the principal
 * @param roles the roles, if any attribute holds them
 * @param rolesFromScopes whether each scope is a role too
 */
public record IdentitySettings(
    AttributePath subject,
    AttributePath principal,
    boolean isNamed,
    ClientMarks clients,
    Optional<AttributePath> roles,
    boolean rolesFromScopes) {

  /** Reads the settings. */
  public static IdentitySettings read(ConfigReader config) {
    AttributePath subject = path(config, "subject.attribute-name", "sub");
    return new IdentitySettings(
        subject,
        path(config, "principal.attribute-name", subject.name()),
        config.isSet("principal.attribute-name") || config.isSet("subject.attribute-name"),
        ClientMarks.read(config),
        config
            .string("roles.attribute-name")
            .map(name -> checked(config, "roles.attribute-name", name)),
        config.flag("roles.from-scopes", false));
  }

  /** The attributes that say who it is and what he may: each must be read as it is written. */
  public List<AttributePath> attributes() {
    return Stream.concat(Stream.of(subject, principal), roles.stream()).distinct().toList();
  }

  private static AttributePath path(ConfigReader config, String key, String fallback) {
    return checked(config, key, config.string(key, fallback));
  }

  private static AttributePath checked(ConfigReader config, String key, String name) {
    if (config.isSet(key) && !AttributePath.isValid(name)) {
      config.problem(key, "must not be empty.");
    }
    return new AttributePath(name);
  }
}
