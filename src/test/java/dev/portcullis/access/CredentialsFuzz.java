/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Credentials;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.oauth.RefusedException;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.testing.CpuLimit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code Authorization} fields, queries and paths of any content. Credentials come only out of a
 * field that the grammar of RFC 6750 section 2.1 allows, and only of one.
 */
class CredentialsFuzz {

  private static final int LONGEST = 9 * 1024;
  private static final CpuLimit LIMIT = new CpuLimit(5);
  private static final Pattern GRAMMAR =
      Pattern.compile("([!-+\\--~]+) +([!#-+\\--\\[\\]-~]+)", Pattern.DOTALL);
  private static final CredentialsExtractor EXTRACTOR =
      new CredentialsExtractor(EnumSet.allOf(AuthScheme.class), 8192);

  @FuzzTest(maxDuration = "10m")
  void credentials_comeOfOneGoodField(FuzzedDataProvider data) throws Exception {
    List<String> fields = new ArrayList<>();
    Optional<String> query =
        data.consumeBoolean() ? Optional.of(data.consumeString(LONGEST)) : Optional.empty();
    String path = data.consumeString(LONGEST);
    int count = data.consumeInt(0, 2);
    for (int i = 0; i < count; i++) {
      String start = data.pickValue(List.of("", "Bearer ", "DPoP ", "bEARER", "Bearer t, DPoP "));
      fields.add(start + data.consumeString(LONGEST));
    }
    ResourceRequest request = request(path, query, fields);
    LIMIT.run(() -> EXTRACTOR.attempted(request));
    LIMIT.run(() -> EXTRACTOR.unaccepted(request));
    LIMIT.run(() -> PathSpelling.isAmbiguous(path));
    LIMIT.run(() -> check(request));
  }

  private static void check(ResourceRequest request) {
    Optional<Credentials> found;
    try {
      found = EXTRACTOR.extract(request);
    } catch (RefusedException e) {
      assertEquals(Optional.of(OAuthError.INVALID_REQUEST), e.error());
      return;
    }
    assertFalse(request.query().orElse("").matches("(?s)(.*&)?access_token(=.*|&.*)?"));
    if (found.isPresent()) {
      assertEquals(1, request.authorization().size());
      Matcher field = GRAMMAR.matcher(request.authorization().get(0));
      assertTrue(field.matches(), request.authorization()::toString);
      assertEquals(
          found.get().scheme().toString().toLowerCase(Locale.ROOT),
          field.group(1).toLowerCase(Locale.ROOT));
      assertEquals(field.group(2), found.get().token().reveal());
      assertTrue(field.group(2).length() <= 8192);
    }
  }

  private static ResourceRequest request(
      String path, Optional<String> query, List<String> authorization) {
    return new ResourceRequest(
        "GET",
        path,
        query,
        "",
        "/r",
        authorization,
        List.of(),
        new Connection(true, "192.0.2.1", "https", "api.example.com", 443, Optional.empty()));
  }
}
