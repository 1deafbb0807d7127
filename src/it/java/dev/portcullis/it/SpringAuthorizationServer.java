/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spring Authorization Server as the sample sets it up, in a process of its own that ends with this
 * one. For one thread at a time.
 */
public final class SpringAuthorizationServer {

  /** How long a token of {@link TokenClient#SHORT_LIVED} lives. */
  public static final Duration SHORT_LIFE = Duration.ofSeconds(6);

  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  /** The clients it knows. */
  public enum TokenClient {
    /** Gets opaque tokens. */
    OPAQUE("demo"),
    /** Gets tokens that are JWTs. */
    JWT("demo-jwt"),
    /** Gets tokens that expire soon. */
    SHORT_LIVED("demo-short"),
    /** Gets tokens for another API. */
    OTHER_AUDIENCE("demo-billing");

    private final String id;

    TokenClient(String id) {
      this.id = id;
    }

    /** Its {@code client_id}. */
    public String id() {
      return id;
    }

    private String credentials() {
      String pair = id + ":" + id + "-secret";
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
  }

  /** Begins when it is first asked for; one is enough for all tests of a process. */
  private static final class Shared {

    private static final SpringAuthorizationServer SERVER = started();

    private static SpringAuthorizationServer started() {
      SpringAuthorizationServer server = new SpringAuthorizationServer();
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroy, "authorization-server-end"));
      try {
        server.start();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return server;
    }
  }

  private final int port = FreePort.find();
  private final String secret = UUID.randomUUID().toString();
  private final Path log = Path.of("target", "authorization-server-" + port + ".log");
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Optional<Process> process = Optional.empty();

  private SpringAuthorizationServer() {}

  /** The one that all tests of this process use; it runs. */
  public static SpringAuthorizationServer shared() {
    return Shared.SERVER;
  }

  /** Its port on the loopback interface, the same after each start. */
  public int port() {
    return port;
  }

  /** What it calls itself. */
  public String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /** The secret of the client that may introspect. */
  public String secret() {
    return secret;
  }

  /** Starts it and returns when it answers. */
  public void start() throws Exception {
    Process started = command().start();
    process = Optional.of(started);
    Polling.await(
        START_LIMIT,
        this::log,
        () -> {
          if (!started.isAlive()) {
            throw new IOException("The authorization server ended: " + log());
          }
          return answers() ? Optional.of(true) : Optional.empty();
        });
  }

  /** Stops it, which takes all its tokens along, and returns when nobody answers any more. */
  public void stop() throws Exception {
    destroy();
    process.orElseThrow().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    Polling.await(
        STOP_LIMIT,
        () -> "port " + port + " is still in use",
        () -> FreePort.isFree(port) ? Optional.of(true) : Optional.empty());
  }

  /** Gets an access token (RFC 6749 section 4.4). */
  public String token(TokenClient client, String... scopes) throws Exception {
    String form = "grant_type=client_credentials&scope=" + encoded(String.join(" ", scopes));
    HttpResponse<String> answer = post("/oauth2/token", client, form);
    Matcher matcher = ACCESS_TOKEN.matcher(answer.body());
    if (answer.statusCode() != 200 || !matcher.find()) {
      throw new IOException("No token: " + answer.statusCode() + " " + answer.body());
    }
    return matcher.group(1);
  }

  /** Revokes a token (RFC 7009). */
  public void revoke(TokenClient client, String token) throws Exception {
    HttpResponse<String> answer = post("/oauth2/revoke", client, "token=" + encoded(token));
    if (answer.statusCode() != 200) {
      throw new IOException("Not revoked: " + answer.statusCode() + " " + answer.body());
    }
  }

  private ProcessBuilder command() {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dexit-with-parent=true",
            "-jar",
            System.getProperty("authorization-server.jar"),
            "--server.port=" + port,
            "--spring.security.oauth2.authorizationserver.client."
                + TokenClient.SHORT_LIVED.id()
                + ".token.access-token-time-to-live="
                + SHORT_LIFE);
    command.environment().put("RESOURCE_SERVER_SECRET", secret);
    return command.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  private void destroy() {
    process.ifPresent(Process::destroy);
  }

  private boolean answers() throws InterruptedException {
    URI metadata = URI.create(issuer() + "/.well-known/oauth-authorization-server");
    HttpRequest request = HttpRequest.newBuilder(metadata).timeout(Duration.ofSeconds(5)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private HttpResponse<String> post(String path, TokenClient client, String form)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + path))
            .header("Authorization", client.credentials())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(form))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }
}
