/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingJwt;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An authorization server that signs its answers (RFC 9701) and publishes its keys, and an
 * application that believes it. For one test at a time.
 */
final class IntrospectionJwtRig implements AutoCloseable {

  static final String TYPE = "application/token-introspection+jwt";
  static final String ACTIVE = "{\"active\":true,\"sub\":\"alice\"}";

  private static final AtomicInteger TOKEN = new AtomicInteger();

  private final IntrospectionRig rig;
  private final String algorithm;
  private final KeyPair key;
  private volatile Answer answer = Answers.status(500);
  private volatile Answer keySet;

  private IntrospectionJwtRig(IntrospectionRig rig, String algorithm, KeyPair key) {
    this.rig = rig;
    this.algorithm = algorithm;
    this.key = key;
    this.keySet = keySet(TestingJwt.jwk(key.getPublic(), ",\"kid\":\"k1\""));
    rig.server()
        .always(
            (request, wire) ->
                (request.method().equals("GET") ? keySet : answer).give(request, wire));
  }

  static IntrospectionJwtRig signing(String algorithm, KeyPair key, String... keysAndValues)
      throws Exception {
    return asking(TestingAuthorizationServer.plain(), algorithm, key, keysAndValues);
  }

  /** The same with that server, which it closes in the end. */
  static IntrospectionJwtRig asking(
      TestingAuthorizationServer server, String algorithm, KeyPair key, String... keysAndValues)
      throws Exception {
    Consumer<TestingApplication.Builder> more =
        builder -> {
          builder
              .with("as.introspection-response", "jwt")
              .with("as.introspection-signing-algorithm", algorithm)
              .with("as.jwks-endpoint", "/jwks");
          for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.with(keysAndValues[i], keysAndValues[i + 1]);
          }
        };
    return new IntrospectionJwtRig(IntrospectionRig.asking(server, more), algorithm, key);
  }

  IntrospectionRig rig() {
    return rig;
  }

  /** The JWK set of those keys. */
  static Answer keySet(String... keys) {
    return Answers.typed("application/jwk-set+json", "{\"keys\":[" + String.join(",", keys) + "]}");
  }

  IntrospectionJwtRig publishing(Answer set) {
    keySet = set;
    return this;
  }

  /** From now on the answer to all questions. */
  void answering(Answer scripted) {
    answer = scripted;
  }

  /** How often the keys were fetched. */
  long fetches() {
    return requests("GET").size();
  }

  List<RecordedRequest> requests(String method) {
    return rig.server().requests().stream().filter(r -> r.method().equals(method)).toList();
  }

  static long now() {
    return Instant.now().getEpochSecond();
  }

  /** A good header. */
  String header() {
    return header("");
  }

  /** A good header with those further members, each beginning with a comma. */
  String header(String more) {
    return "{\"typ\":\"token-introspection+jwt\",\"alg\":\""
        + algorithm
        + "\",\"kid\":\"k1\""
        + more
        + "}";
  }

  /** A good payload with that answer. */
  static String payload(String inner) {
    return payload("rs-1", now(), inner, "");
  }

  static String payload(String audience, long issuedAt, String inner, String more) {
    return "{\"iss\":\""
        + IntrospectionRig.ISSUER
        + "\",\"aud\":\""
        + audience
        + "\",\"iat\":"
        + issuedAt
        + ",\"token_introspection\":"
        + inner
        + more
        + "}";
  }

  /** Signs with the right key. */
  String sign(String header, String payload) {
    return TestingJwt.sign(algorithm, key.getPrivate(), header, payload);
  }

  /** A good answer. */
  String good() {
    return sign(header(), payload(ACTIVE));
  }

  /** What a request with a new token comes to when this is the answer. */
  RawHttp.Response get(String jwt) throws Exception {
    return get(TYPE, jwt);
  }

  RawHttp.Response get(String contentType, String body) throws Exception {
    return get(Answers.typed(contentType, body));
  }

  RawHttp.Response get(Answer scripted) throws Exception {
    answering(scripted);
    return rig.get("token-" + TOKEN.incrementAndGet());
  }

  void assertPasses(String jwt) throws Exception {
    rig.assertPasses(get(jwt));
  }

  void assertRefused(String jwt) throws Exception {
    int reached = rig.reached();
    rig.assertUnavailable(get(jwt), "as_bad_response");
    if (rig.reached() != reached) {
      throw new AssertionError("the application was reached");
    }
  }

  @Override
  public void close() throws IOException {
    rig.close();
  }
}
