/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.testing.ProofLibrary;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that gets access tokens for itself with its secret.
 *
 * @param http makes the connections
 * @param base what the paths of the endpoints are appended to
 * @param id {@code client_id}
 */
record TokenClient(HttpClient http, String base, String id) {

  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One that trusts the authority of the tests. */
  static TokenClient of(String base, String id) throws Exception {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Identities.shared().trust())
            .build();
    return new TokenClient(http, base, id);
  }

  /** Gets a token of that scope from that path (RFC 6749 section 4.4). */
  String token(String path, String scope) throws IOException, InterruptedException {
    return token(path, scope, new String[0]);
  }

  /** The same, bound to the key of the proof (RFC 9449 section 5). */
  String boundToken(String path, String scope, ProofLibrary library) throws Exception {
    String proof = library.proof("POST", base + path, Optional.empty(), Optional.empty());
    return token(path, scope, "DPoP", proof);
  }

  private String token(String path, String scope, String... headers)
      throws IOException, InterruptedException {
    String form = "grant_type=client_credentials&scope=" + URLEncoder.encode(scope, UTF_8);
    HttpResponse<String> answer = post(path, form, headers);
    Matcher matcher = ACCESS_TOKEN.matcher(answer.body());
    if (answer.statusCode() != 200 || !matcher.find()) {
      throw new IOException("No token: " + answer.statusCode() + " " + answer.body());
    }
    return matcher.group(1);
  }

  /** Revokes a token at that path (RFC 7009). */
  void revoke(String path, String token) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(path, "token=" + URLEncoder.encode(token, UTF_8));
    if (answer.statusCode() != 200) {
      throw new IOException("Not revoked: " + answer.statusCode() + " " + answer.body());
    }
  }

  /** Whether that path is answered by 200. */
  boolean answers(String path) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private HttpResponse<String> post(String path, String form, String... headers)
      throws IOException, InterruptedException {
    String pair = id + ":" + id + "-secret";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(form));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
