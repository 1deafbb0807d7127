/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import dev.portcullis.access.Decision;
import dev.portcullis.access.Evidence;
import dev.portcullis.access.Granted;
import dev.portcullis.access.Rejected;
import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.TokenInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the audit entry of a request from what was decided about it. Immutable. */
public final class RequestEntries {

  /**
   * Where the requests arrive.
   *
   * @param application display name of the web application
   * @param filter name of the filter
   * @param host name of this server
   * @param baseUrls public origins of the application
   */
  public record Place(String application, String filter, String host, BaseUrls baseUrls) {}

  /**
   * How a request went.
   *
   * @param exchangeId its id
   * @param request the request as it was decided about
   * @param decision what was decided
   * @param status status of the response
   * @param total time from its arrival to the end of the response
   * @param application the part of it spent in the rest of the chain
   */
  public record Course(
      String exchangeId,
      ResourceRequest request,
      Decision decision,
      int status,
      Duration total,
      Duration application) {}

  private final Place place;
  private final AttributePath subject;
  private final AuditSettings settings;

  /**
   * Makes entries.
   *
   * @param subject the attribute that is the subject
   */
  public RequestEntries(Place place, AttributePath subject, AuditSettings settings) {
    this.place = place;
    this.subject = subject;
    this.settings = settings;
  }

  /** The entry of one request, whose response is complete at that time. */
  public AuditEvent entry(Course course, Instant time) {
    AuditEvent.Builder entry = AuditEvent.of(AuditEvent.Type.REQUEST, time);
    describeRequest(entry, course);
    describeToken(entry, course.decision().evidence());
    describeOutcome(entry, course.decision(), course.status());
    return entry
        .with(AuditField.APPLICATION_NAME, place.application())
        .with(AuditField.RESOURCE_NAME, place.filter())
        .with(AuditField.HOST, place.host())
        .build();
  }

  private void describeRequest(AuditEvent.Builder entry, Course course) {
    ResourceRequest request = course.request();
    entry
        .with(AuditField.EXCHANGE_ID, course.exchangeId())
        .with(AuditField.ROUND_TRIP_MS, course.total().toMillis())
        .with(AuditField.PROXY_ROUND_TRIP_MS, course.application().toMillis())
        .with(AuditField.RESOURCE, ShownUri.path(place.baseUrls().resourceOf(request)))
        .with(AuditField.CLIENT, request.connection().peer())
        .with(AuditField.METHOD, request.method())
        .with(AuditField.REQUEST_URI, ShownUri.path(request.uri()) + query(request))
        .with(AuditField.PATH_PREFIX, request.contextPath());
  }

  private String query(ResourceRequest request) {
    return settings.includeQuery() ? ShownUri.query(request.query()) : "";
  }

  private void describeToken(AuditEvent.Builder entry, Evidence evidence) {
    entry
        .with(
            AuditField.TRACKING_ID,
            evidence.token().map(AccessToken::digest).map(settings::trackingId).orElse(""))
        .with(AuditField.INTROSPECTION_MS, evidence.waited().toMillis())
        .with(AuditField.TOKEN_SOURCE, evidence.source().name().toLowerCase(Locale.ROOT));
    evidence.info().filter(TokenInfo::isActive).ifPresent(info -> describeInfo(entry, info));
  }

  private void describeInfo(AuditEvent.Builder entry, TokenInfo info) {
    entry
        .with(AuditField.SUBJECT, subject.textIn(info).orElse(""))
        .with(AuditField.CLIENT_ID, info.clientId().orElse(""))
        .with(AuditField.SCOPES, new ArrayList<>(info.scopes().values()))
        .with(AuditField.ATTRIBUTES, attributes(info));
  }

  private Map<String, String> attributes(TokenInfo info) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name : settings.attributes()) {
      new AttributePath(name).textIn(info).ifPresent(text -> attributes.put(name, text));
    }
    return attributes;
  }

  private static void describeOutcome(AuditEvent.Builder entry, Decision decision, int status) {
    entry
        .with(AuditField.AUTH_MECH, mechanism(decision))
        .with(AuditField.RESPONSE_CODE, status)
        .with(AuditField.OUTCOME, outcome(decision));
    if (decision instanceof Rejected rejected) {
      entry
          .with(AuditField.FAILED_RULE_TYPE, rejected.reason().code())
          .with(AuditField.FAILED_RULE_NAME, rejected.setting())
          .with(AuditField.FAILED_DETAIL, rejected.detail());
    }
  }

  private static String mechanism(Decision decision) {
    Optional<AuthScheme> scheme = decision.evidence().scheme();
    return scheme
        .map(used -> "OAuth-" + used)
        .orElse(decision instanceof Granted ? "anonymous" : "unknown");
  }

  private static String outcome(Decision decision) {
    if (decision instanceof Rejected rejected) {
      return rejected.status() >= 500 ? "error" : "denied";
    }
    return "allowed";
  }
}
