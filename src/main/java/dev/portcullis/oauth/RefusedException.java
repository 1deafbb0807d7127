/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import dev.portcullis.api.Reason;
import java.util.Map;
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
  private final String detail;
  private final transient Optional<String> description;
  private final transient Map<String, String> needed;

  /**
   * What the operator is told.
   *
   * @param setting key of the setting that led to the refusal, empty if none did
   * @param detail which part of the request failed, or empty; no token, proof or key
   */
  private record Cause(Reason reason, String setting, String detail) {}

  private RefusedException(
      Optional<OAuthError> error,
      Cause cause,
      Optional<String> description,
      Map<String, String> needed) {
    super(cause.reason().code(), null, false, false);
    this.error = error;
    this.reason = cause.reason();
    this.setting = cause.setting();
    this.detail = cause.detail();
    this.description = description;
    this.needed = needed;
  }

  /**
   * A refusal with an error code.
   *
   * @param setting key of the setting that led to it, empty if none did
   */
  public static RefusedException of(OAuthError error, Reason reason, String setting) {
    return of(error, reason, setting, Map.of());
  }

  /**
   * A refusal that tells the caller what would do.
   *
   * @param needed parameters of the challenge, in that order
   */
  public static RefusedException of(
      OAuthError error, Reason reason, String setting, Map<String, String> needed) {
    return new RefusedException(
        Optional.of(error), new Cause(reason, setting, ""), Optional.empty(), needed);
  }

  /**
   * A refusal that tells the caller only how to authenticate (RFC 6750 section 3.1).
   *
   * @param needed parameters of the challenge, in that order
   */
  public static RefusedException unauthenticated(
      Reason reason, String setting, Map<String, String> needed) {
    return new RefusedException(
        Optional.empty(), new Cause(reason, setting, ""), Optional.empty(), needed);
  }

  /** A refusal that tells the caller more than the error code does; nothing of the request. */
  public static RefusedException of(
      OAuthError error, Reason reason, String setting, String description) {
    return new RefusedException(
        Optional.of(error), new Cause(reason, setting, ""), Optional.of(description), Map.of());
  }

  /**
   * The same refusal, and what the operator is to know beyond its reason.
   *
   * @param text which part of the request failed; never a token, a proof or a key
   */
  public RefusedException detailed(String text) {
    return new RefusedException(error, new Cause(reason, setting, text), description, needed);
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

  /** What would do: parameters of the challenge. */
  public Map<String, String> needed() {
    return needed;
  }

  /** Key of the setting that led to the refusal, or empty. */
  public String setting() {
    return setting;
  }

  /** Which part of the request failed, or empty; for the operator. */
  public String detail() {
    return detail;
  }
}
