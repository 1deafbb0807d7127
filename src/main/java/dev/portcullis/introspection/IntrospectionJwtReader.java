/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.introspection;

import dev.portcullis.authserver.AuthorizationServerReply;
import dev.portcullis.authserver.IntrospectionJwtSettings;
import dev.portcullis.authserver.KeySet;
import dev.portcullis.authserver.MediaTypes;
import dev.portcullis.json.JsonObject;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.oauth.ClaimException;
import dev.portcullis.oauth.TokenInfo;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Reads signed introspection answers (RFC 9701 section 5): what is said of the token is the member
 * {@code token_introspection} of a JWT that the right issuer has made for us a moment ago. The
 * library is asked for one thing, whether a signature is that of a key; all else is decided here,
 * on what our own JSON reader has read. Safe for use by several threads.
 */
final class IntrospectionJwtReader implements AnswerReader {

  private static final String TYPE = "token-introspection+jwt";
  private static final String MEDIA_TYPE = "application/" + TYPE;
  private static final Set<String> MEDIA_TYPES = Set.of(MEDIA_TYPE);
  private static final String ANSWER = "token_introspection";

  private final IntrospectionJwtSettings settings;
  private final Supplier<KeySet> keys;
  private final BiFunction<KeySet, Duration, KeySet> newerKeys;
  private final List<AttributePath> named;
  private final IntrospectionJwtClaims claims;
  private final Optional<NestedJwt> nesting;

  /**
   * Makes a reader.
   *
   * @param keys the keys at hand
   * @param newerKeys newer keys than those, waited for at most that long
   * @param named attributes that settings name, and so decide by
   */
  IntrospectionJwtReader(
      IntrospectionJwtSettings settings,
      Supplier<KeySet> keys,
      BiFunction<KeySet, Duration, KeySet> newerKeys,
      List<AttributePath> named,
      InstantSource clock) {
    this.settings = settings;
    this.keys = keys;
    this.newerKeys = newerKeys;
    this.named = List.copyOf(named);
    this.claims = new IntrospectionJwtClaims(settings, clock);
    this.nesting = settings.encryption().map(NestedJwt::new);
  }

  @Override
  public TokenInfo read(AuthorizationServerReply reply, Instant askedAt)
      throws UnreadableAnswerException {
    return read(reply.contentType(), reply.body(), reply::timeLeft, askedAt);
  }

  /** The same, of the parts of a reply. */
  TokenInfo read(
      Optional<String> contentType, byte[] body, Supplier<Duration> timeLeft, Instant askedAt)
      throws UnreadableAnswerException {
    if (!MediaTypes.areAll(contentType, MEDIA_TYPES)) {
      throw unreadable("its content type is not " + MEDIA_TYPE);
    }
    CompactJose jwt = CompactJose.jws(nesting.isPresent() ? nesting.get().open(body) : body);
    if (!isType(jwt.header().text("typ"))) {
      throw unreadable("'typ' is not " + TYPE);
    }
    jwt.demand("alg", settings.algorithm().id(), IntrospectionJwtSettings.ALGORITHM);
    JsonObject payload = jwt.payload();
    verify(jwt, timeLeft);
    claims.check(payload);
    return answer(payload, askedAt);
  }

  /** Only what is inside of that one member is about the token. */
  private TokenInfo answer(JsonObject payload, Instant askedAt) throws UnreadableAnswerException {
    JsonObject answer =
        payload
            .get(ANSWER)
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .orElseThrow(() -> unreadable("'" + ANSWER + "' is missing or no object"));
    try {
      return TokenInfo.parse(answer, askedAt, named);
    } catch (ClaimException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  private void verify(CompactJose jwt, Supplier<Duration> timeLeft)
      throws UnreadableAnswerException {
    KeySet atHand = keys.get();
    if (isSignedByOneOf(atHand, jwt)) {
      return;
    }
    KeySet newer = newerKeys.apply(atHand, timeLeft.get());
    if (newer == atHand || !isSignedByOneOf(newer, jwt)) {
      throw new UnreadableAnswerException(
          newer.keysFor(settings.algorithm(), jwt.kid()).isEmpty()
              ? "no key for its signature is among those at hand"
              : "its signature is not valid",
          IntrospectionJwtSettings.KEY_SET);
    }
  }

  private boolean isSignedByOneOf(KeySet set, CompactJose jwt) throws UnreadableAnswerException {
    return set.keysFor(settings.algorithm(), jwt.kid()).stream()
        .anyMatch(key -> isSignedBy(key, jwt));
  }

  private boolean isSignedBy(PublicKey key, CompactJose jwt) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, settings.algorithm().id()));
    signature.setKey(key);
    try {
      signature.setCompactSerialization(jwt.text());
      return signature.verifySignature();
    } catch (JoseException | RuntimeException e) {
      return false; // the library throws unchecked exceptions at odd input
    }
  }

  private static boolean isType(Optional<String> typ) {
    String lower = typ.orElse("").toLowerCase(Locale.ROOT);
    return lower.equals(TYPE) || lower.equals(MEDIA_TYPE);
  }

  private static UnreadableAnswerException unreadable(String problem) {
    return new UnreadableAnswerException(problem, IntrospectionJwtSettings.RESPONSE);
  }
}
