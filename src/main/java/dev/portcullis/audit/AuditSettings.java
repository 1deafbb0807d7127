/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.oauth.TokenDigest;
import java.util.List;

/**
 * What is recorded, where and how: {@code audit.*}. Immutable.
 *
 * @param requests whether each protected request has an entry
 * @param sinks where entries go; empty if nowhere
 * @param format how they are written, where they are written as text
 * @param queueSize how many may wait for the sinks
 * @param onFailure what happens to requests when an entry cannot be recorded
 * @param includeQuery whether {@code requestUri} shows the query
 * @param tokenReference what stands for the token in {@code trackingId}
 * @param attributes further members of the introspection response to be recorded
 */
public record AuditSettings(
    boolean requests,
    List<DeclaredSink> sinks,
    AuditFormat format,
    int queueSize,
    OnFailure onFailure,
    boolean includeQuery,
    TokenReference tokenReference,
    List<String> attributes) {

  /** What happens to requests when an entry cannot be recorded. */
  public enum OnFailure {
    /** The request goes on, the entry goes to the server log. */
    CONTINUE,
    /** No request is passed on while entries cannot be recorded. */
    REJECT
  }

  /** What stands for the token. */
  public enum TokenReference {
    /** The beginning of a digest. */
    HASH,
    /** Nothing. */
    NONE
  }

  /** Copies the lists. */
  public AuditSettings {
    sinks = List.copyOf(sinks);
    attributes = List.copyOf(attributes);
  }

  /** Reads the settings; mistakes are noted in the reader. */
  public static AuditSettings read(ConfigReader reader) {
    AuditSettings settings =
        new AuditSettings(
            reader.flag("audit.requests", true),
            new SinkDeclarations(reader).read(),
            reader.choice("audit.format", AuditFormat.JSON),
            reader.integer("audit.queue-size", 10_000, 1, 1_000_000),
            reader.choice("audit.on-failure", OnFailure.CONTINUE),
            reader.flag("audit.include-query", false),
            reader.choice("audit.token-reference", TokenReference.HASH),
            reader.list("audit.attributes"));
    if (settings.sinks().isEmpty() && settings.onFailure() == OnFailure.REJECT) {
      reader.warn("audit.on-failure", "has no effect when audit.sinks is none.");
    }
    return settings;
  }

  /** The {@code trackingId} of a token: {@code atid:} and its reference, or an empty text. */
  public String trackingId(TokenDigest token) {
    return tokenReference == TokenReference.HASH
        ? "atid:" + token.base64Url().substring(0, 16)
        : "";
  }
}
