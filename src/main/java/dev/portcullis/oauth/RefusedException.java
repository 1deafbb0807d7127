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

  private RefusedException(Optional<OAuthError> error, Reason reason, String setting) {
    super(reason.code(), null, false, false);
    this.error = error;
    this.reason = reason;
    this.setting = setting;
  }

  /**
   * A refusal with an error code.
   *
   * @param setting key of the setting that led to it, empty if none did
   */
  public static RefusedException of(OAuthError error, Reason reason, String setting) {
    return new RefusedException(Optional.of(error), reason, setting);
  }

  /** A refusal that tells the caller only how to authenticate (RFC 6750 section 3.1). */
  public static RefusedException unauthenticated() {
    return new RefusedException(Optional.empty(), Reason.TOKEN_MISSING, "");
  }

  /** The error code for the caller; none if the request carried no credentials. */
  public Optional<OAuthError> error() {
    return error;
  }

  /** The reason for the operator. */
  public Reason reason() {
    return reason;
  }

  /** Key of the setting that led to the refusal, or empty. */
  public String setting() {
    return setting;
  }
}
