/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.api;

/** The fields an audit entry can have, in the order in which the formats print them. */
public enum AuditField {
  /** When the entry was made. */
  TIME("time"),

  /** {@code request}, {@code as-request} or {@code system}. */
  EVENT("event"),

  /** What a {@code system} entry is about, such as {@code configuration-loaded}. */
  KIND("kind"),

  /** Random id of the request, the same in all entries it caused. */
  EXCHANGE_ID("exchangeId"),

  /** {@code atid:} and a truncated digest of the token. */
  TRACKING_ID("trackingId"),

  /** Milliseconds the exchange took. */
  ROUND_TRIP_MS("roundTripMS"),

  /** Milliseconds spent in the rest of the chain. */
  PROXY_ROUND_TRIP_MS("proxyRoundTripMS"),

  /** Milliseconds spent waiting for the authorization server; 0 from the cache. */
  INTROSPECTION_MS("introspectionMS"),

  /** Full URL the client used, without query. */
  RESOURCE("resource"),

  /** Subject of the token, as {@code subject.attribute-name} selects it. */
  SUBJECT("subject"),

  /** {@code client_id} of the token. */
  CLIENT_ID("clientId"),

  /** Scopes of the token. */
  SCOPES("scopes"),

  /** {@code OAuth-Bearer}, {@code OAuth-DPoP}, {@code anonymous} or {@code unknown}. */
  AUTH_MECH("authMech"),

  /** {@code cache}, {@code introspection} or {@code none}. */
  TOKEN_SOURCE("tokenSource"),

  /** Address of the client. */
  CLIENT("client"),

  /** Request method. */
  METHOD("method"),

  /** Path of the request, with the query only if {@code audit.include-query} is on. */
  REQUEST_URI("requestUri"),

  /** Status sent to the client, or received from the authorization server. */
  RESPONSE_CODE("responseCode"),

  /**
   * {@code allowed}, {@code denied}, {@code error}, or how a call to the authorization server
   * ended.
   */
  OUTCOME("outcome"),

  /** Code of the {@link Reason}. */
  FAILED_RULE_TYPE("failedRuleType"),

  /** Key of the setting that led to the refusal. */
  FAILED_RULE_NAME("failedRuleName"),

  /** Which part of the request failed, such as {@code alg} of a DPoP proof. */
  FAILED_DETAIL("failedDetail"),

  /** Display name of the web application. */
  APPLICATION_NAME("applicationName"),

  /** Name of the filter. */
  RESOURCE_NAME("resourceName"),

  /** Context path. */
  PATH_PREFIX("pathPrefix"),

  /** Name of the server. */
  HOST("host"),

  /** {@code host:port} of the authorization server. */
  TARGET_HOST("targetHost"),

  /** {@code https} or {@code http}. */
  TARGET_SCHEME("targetScheme"),

  /** Whether the call went through a forward proxy. */
  VIA_PROXY("viaProxy"),

  /** Which attempt of the call this was, from 1. */
  ATTEMPT("attempt"),

  /** {@code aud} sent with the call. */
  AUDIENCE("audience"),

  /** Further members of the introspection response, as {@code audit.attributes} names them. */
  ATTRIBUTES("attributes"),

  /** What a {@code system} entry has to say. */
  DETAIL("detail"),

  /** Effective settings without secrets, in a {@code configuration-loaded} entry. */
  SETTINGS("settings");

  private final String key;

  AuditField(String key) {
    this.key = key;
  }

  /** The name of the field in an entry. */
  public String key() {
    return key;
  }
}
