/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.api.Reason;
import java.util.Optional;

/**
 * The request's fault: it is refused. Carries the error code for the caller and, apart from it, the
 * reason and the setting for the operator. Has no stack trace.
 */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Optional<OAuthError> error;
  private final Reason reason;
  private final String setting;
  private final transient Optional<String> description;

  private RefusedException(
      Optional<OAuthError> error, Reason reason, String setting, Optional<String> description) {
    super(reason.code(), null, false, false);
    this.error = error;
    this.reason = reason;
    this.setting = setting;
    this.description = description;
  }

  /**
   * A refusal with an error code.
   *
   * @param setting key of the setting that led to it, empty if none did
   */
  public static RefusedException of(OAuthError error, Reason reason, String setting) {
    return new RefusedException(Optional.of(error), reason, setting, Optional.empty());
  }

  /** A refusal that tells the caller only how to authenticate (RFC 6750 section 3.1). */
  public static RefusedException unauthenticated() {
    return unauthenticated(Reason.TOKEN_MISSING, "");
  }

  /** The same for that reason, if a setting is behind it. */
  public static RefusedException unauthenticated(Reason reason, String setting) {
    return new RefusedException(Optional.empty(), reason, setting, Optional.empty());
  }

  /** A refusal that tells the caller more than the error code does; nothing of the request. */
  public static RefusedException of(
      OAuthError error, Reason reason, String setting, String description) {
    return new RefusedException(Optional.of(error), reason, setting, Optional.of(description));
  }

  /** The error code for the caller; none if the request carried no credentials. */
  public Optional<OAuthError> error() {
    return error;
  }

  /** The reason for the operator. */
  public Reason reason() {
    return reason;
  }

  /** What the caller is told instead of the description of the error. */
  public Optional<String> description() {
    return description;
  }

  /** Key of the setting that led to the refusal, or empty. */
  public String setting() {
    return setting;
  }
}
