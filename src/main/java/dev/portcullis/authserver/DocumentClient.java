/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.http.Deadline;
import dev.portcullis.http.HttpCall;
import dev.portcullis.http.HttpReply;
import dev.portcullis.http.HttpTransport;
import dev.portcullis.http.TransportException;
import dev.portcullis.http.TransportException.Stage;
import dev.portcullis.json.JsonObject;
import dev.portcullis.json.JsonReader;
import dev.portcullis.json.MalformedJsonException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Fetches one JSON document that the authorization server publishes: a single GET over the same
 * transport as everything else, without credentials of any kind. Only status 200 with the right
 * media type and one JSON object counts; a redirect is a failure. Logs nothing; each exchange gives
 * an audit entry if those are wanted. Safe for use by several threads.
 */
public final class DocumentClient {

  private static final String METHOD = "GET";
  private static final String JSON = "application/json";
  private static final byte[] NONE = {};

  private final HttpTransport transport;
  private final LongSupplier nanoTime;
  private final ExchangeTrail trail;

  /** A kind of document. */
  public enum Kind {
    /** Authorization server metadata (RFC 8414 section 3.2). */
    METADATA(JSON),
    /** A JWK set (RFC 7517 section 8.5). */
    KEY_SET("application/jwk-set+json, " + JSON);

    private final String mediaTypes;

    Kind(String mediaTypes) {
      this.mediaTypes = mediaTypes;
    }

    private boolean fits(Optional<String> contentType) {
      return MediaTypes.areAll(contentType, Set.of(mediaTypes.split(", ")));
    }
  }

  /**
   * Makes a client.
   *
   * @param isAudited whether exchanges give audit entries
   * @param transport what it sends by; closed by who made it
   * @param audit where entries go
   */
  public DocumentClient(
      boolean isAudited, HttpTransport transport, Consumer<AuditEvent> audit, Timing timing) {
    this.transport = transport;
    this.nanoTime = timing.nanoTime();
    this.trail = new ExchangeTrail(isAudited, transport.isViaProxy(), audit, timing.clock());
  }

  /**
   * Fetches a document.
   *
   * @param url where it is, absolute; what it may be is for the caller to decide
   * @param setting key of the setting the URL comes from
   * @param deadline by when it must be here
   * @throws DocumentException if it is not had
   */
  public JsonObject fetch(URI url, Kind kind, String setting, Deadline deadline)
      throws DocumentException {
    long began = nanoTime.getAsLong();
    try {
      HttpCall call = new HttpCall(METHOD, withPath(url), Map.of("Accept", kind.mediaTypes), NONE);
      return read(url, kind, setting, send(call, deadline), since(began));
    } catch (TransportException e) {
      Failure failure = Failure.of(e, setting, setting);
      if (e.stage() != Stage.NOT_SENT) {
        trail.fetched(METHOD, url, since(began), failure.outcome(), Optional.empty());
      }
      throw new DocumentException(failure.text(), failure.setting(), failure.level());
    }
  }

  /** A connection that was given up by the server meanwhile is no failure of the fetch. */
  private HttpReply send(HttpCall call, Deadline deadline) throws TransportException {
    try {
      return transport.send(call, deadline);
    } catch (TransportException e) {
      if (e.stage() == Stage.STALE) {
        return transport.send(call.onNewConnection(), deadline);
      }
      throw e;
    }
  }

  private static URI withPath(URI url) {
    return url.getRawPath().isEmpty() ? url.resolve("/") : url;
  }

  private JsonObject read(URI url, Kind kind, String setting, HttpReply reply, Duration roundTrip)
      throws DocumentException {
    Outcome outcome = reply.status() == Failure.OK ? Outcome.BAD_RESPONSE : Outcome.STATUS;
    try {
      JsonObject document = parse(kind, setting, reply);
      outcome = Outcome.FETCHED;
      return document;
    } finally {
      trail.fetched(METHOD, url, roundTrip, outcome, Optional.of(reply.status()));
    }
  }

  private static JsonObject parse(Kind kind, String setting, HttpReply reply)
      throws DocumentException {
    if (reply.status() != Failure.OK) {
      throw new DocumentException("status " + reply.status(), setting, Level.WARNING);
    }
    if (reply.isEncoded()) {
      throw new DocumentException("it has a content coding, which was not asked for", setting);
    }
    if (!kind.fits(reply.contentType())) {
      throw new DocumentException("its content type is not " + kind.mediaTypes, setting);
    }
    try {
      return JsonReader.readAnswer(reply.body());
    } catch (MalformedJsonException e) {
      throw new DocumentException("it is not JSON: " + e.getMessage(), setting);
    }
  }

  private Duration since(long began) {
    return Duration.ofNanos(nanoTime.getAsLong() - began);
  }
}
