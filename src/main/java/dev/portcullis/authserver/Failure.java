/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.authserver.AuthorizationServerException.Kind;
import dev.portcullis.http.HttpReply;
import dev.portcullis.http.TransportException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why one exchange gave no answer, and what follows from it.
 *
 * @param step what is done next
 * @param outcome the outcome as entries show it
 * @param kind what the whole call fails by if this is its last exchange
 * @param setting key of the setting to look at
 * @param level how grave it is
 * @param text what the log says of it; holds nothing that was sent or received but the status
 */
record Failure(Step step, Outcome outcome, Kind kind, String setting, Level level, String text) {

  static final int OK = 200;
  static final int UNAUTHORIZED = 401;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Pattern CLIENT_ERROR =
      Pattern.compile("\"error\"\\s*:\\s*\"(invalid|unauthorized)_client\"");

  /** What is done after a failure. */
  enum Step {
    /** The same target is asked again; it failed if that is of no use. Nothing was sent yet. */
    RECONNECT,
    /** The same target is asked again; if that is of no use, it failed or the token is bad. */
    REPEAT,
    /**
     * The same target is asked again; if that is of no use the call ends, as no other can be
     * reached either, and nothing is known of the target.
     */
    PROXY,
    /** The target failed or the token is bad, the next is asked. */
    NEXT,
    /** The target is left alone for a while, the next is asked. */
    REST,
    /** Nothing is known of the target, the next is asked. */
    SKIP,
    /** The target is alive, and its answer is none: the call ends. */
    ALIVE,
    /** The call ends, and nothing is known of the target. */
    END
  }

  /** Whether asking another target would not help. */
  boolean endsCall() {
    return step == Step.ALIVE || step == Step.END || step == Step.PROXY;
  }

  /** Whether asking the same target again may help. */
  boolean isRepeatable() {
    return step == Step.RECONNECT || step == Step.REPEAT || step == Step.PROXY;
  }

  /** Whether the token may be what made it fail. */
  boolean mayBeOfToken() {
    return step == Step.REPEAT || step == Step.NEXT;
  }

  /** The same, of a target that was not given a fair chance. */
  Failure skipping() {
    return endsCall() ? this : new Failure(Step.SKIP, outcome, kind, setting, level, text);
  }

  /** Judges a failure of the transport in an introspection. */
  static Failure of(TransportException e, String addressSetting) {
    return of(e, addressSetting, "as.introspection-endpoint");
  }

  /**
   * Judges a failure of the transport.
   *
   * @param addressSetting key of the setting that names the host
   * @param endpointSetting key of the setting that names the path
   */
  static Failure of(TransportException e, String addressSetting, String endpointSetting) {
    return switch (e.stage()) {
      case NOT_SENT -> unavailable(Step.SKIP, Outcome.TIMEOUT, "http.max-connections", e);
      case CONNECT -> unavailable(Step.RECONNECT, Outcome.CONNECT_FAILED, addressSetting, e);
      case PROXY -> unavailable(Step.PROXY, Outcome.CONNECT_FAILED, "proxy.host", e);
      case PROXY_CREDENTIALS -> refusedByProxy(Step.END, "proxy.password", e);
      case PROXY_REFUSED -> refusedByProxy(Step.SKIP, "proxy.host", e);
      case UNREACHED -> unavailable(Step.RECONNECT, Outcome.CONNECT_FAILED, "proxy.host", e);
      case NO_ANSWER, STALE -> unavailable(Step.REPEAT, Outcome.CONNECT_FAILED, addressSetting, e);
      case TIMEOUT -> unavailable(Step.NEXT, Outcome.TIMEOUT, "http.read-timeout", e);
      case TLS -> tls(settingBehind(e, addressSetting), e);
      case REFUSED -> tls(ClientSettings.KEY_PAIR, e);
      case UNTRUSTED -> tls("as.trusted-certificate-group", e);
      case WRONG_NAME -> tls("http.expected-hostname", e);
      case BROKEN -> unreadable(endpointSetting, e);
      case TOO_LARGE -> unreadable("http.max-response-size", e);
    };
  }

  private static Failure unavailable(
      Step step, Outcome outcome, String setting, TransportException e) {
    return new Failure(
        step, outcome, Kind.UNAVAILABLE, setting, Level.WARNING, String.valueOf(e.getMessage()));
  }

  private static Failure refusedByProxy(Step step, String setting, TransportException e) {
    return new Failure(
        step,
        Outcome.CONNECT_FAILED,
        Kind.UNAVAILABLE,
        setting,
        Level.ERROR,
        String.valueOf(e.getMessage()));
  }

  private static Failure tls(String setting, TransportException e) {
    String text = String.valueOf(e.getMessage());
    Step step = e.isSent() ? Step.REPEAT : Step.RECONNECT;
    return new Failure(step, Outcome.TLS_FAILED, Kind.UNAVAILABLE, setting, Level.ERROR, text);
  }

  /**
   * What listens there does not speak TLS, or the server wants a certificate, or it has no protocol
   * version and cipher suite in common with us. None of these has a type in Java, only a text.
   */
  private static String settingBehind(TransportException e, String addressSetting) {
    String text = String.valueOf(e.getMessage());
    if (text.contains("unrecognized SSL message")) {
      return addressSetting;
    }
    return text.matches("(?s).*(certificate|unknown_ca|access_denied).*")
        ? ClientSettings.KEY_PAIR
        : "http.tls-protocols";
  }

  private static Failure unreadable(String setting, TransportException e) {
    return new Failure(
        Step.END,
        Outcome.BAD_RESPONSE,
        Kind.BAD_RESPONSE,
        setting,
        Level.WARNING,
        String.valueOf(e.getMessage()));
  }

  /**
   * Judges an answer; empty if it is one.
   *
   * @param addressSetting key of the setting that names the targets
   * @param credentialSetting key of the setting that names what the client authenticates by
   */
  static Optional<Failure> of(
      HttpReply reply, FailoverSettings settings, String addressSetting, String credentialSetting) {
    if (settings.failureStatusCodes().contains(reply.status())) {
      return Optional.of(status(Step.NEXT, Kind.UNAVAILABLE, addressSetting, reply));
    }
    return switch (reply.status()) {
      case OK -> reply.isEncoded() ? Optional.of(encoded()) : Optional.empty();
      case UNAUTHORIZED, FORBIDDEN -> Optional.of(rejected(reply, credentialSetting));
      case TOO_MANY_REQUESTS ->
          Optional.of(status(Step.REST, Kind.UNAVAILABLE, "failover.max-back-off", reply));
      case BAD_REQUEST ->
          Optional.of(isAboutClient(reply) ? rejected(reply, credentialSetting) : noAnswer(reply));
      default -> Optional.of(noAnswer(reply));
    };
  }

  /** RFC 6749 section 5.2 lets the status be 400; Keycloak so refuses an assertion. */
  private static boolean isAboutClient(HttpReply reply) {
    return CLIENT_ERROR.matcher(new String(reply.body(), StandardCharsets.UTF_8)).find();
  }

  private static Failure noAnswer(HttpReply reply) {
    return status(Step.ALIVE, Kind.BAD_RESPONSE, "as.introspection-endpoint", reply);
  }

  private static Failure status(Step step, Kind kind, String setting, HttpReply reply) {
    String text = "status " + reply.status();
    return new Failure(step, Outcome.STATUS, kind, setting, Level.WARNING, text);
  }

  private static Failure encoded() {
    return unusable(
        "it has a content coding, which was not asked for", "as.introspection-endpoint");
  }

  /** An answer whose content is no answer. */
  static Failure unusable(String problem, String setting) {
    return new Failure(
        Step.ALIVE,
        Outcome.BAD_RESPONSE,
        Kind.BAD_RESPONSE,
        setting,
        Level.WARNING,
        "the answer cannot be used: " + problem);
  }

  private static Failure rejected(HttpReply reply, String credentialSetting) {
    return new Failure(
        Step.ALIVE,
        Outcome.REJECTED_CLIENT,
        Kind.REJECTED_CLIENT,
        credentialSetting,
        Level.ERROR,
        "status " + reply.status() + ", this client (client.id) or its credentials are refused");
  }

  /** The rest an answer asks for: its {@code Retry-After} in seconds, or one. */
  static Duration restOf(HttpReply reply) {
    return reply
        .retryAfter()
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ofSeconds(1));
  }
}
