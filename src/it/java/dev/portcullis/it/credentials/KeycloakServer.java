/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.it.FreePort;
import dev.portcullis.testing.ProofLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keycloak over TLS, with the realm of {@code keycloak/realm.json} and nothing of an earlier run.
 * It stands in a folder under {@code target}, where it is prepared for its options once.
 */
final class KeycloakServer implements RealServer {

  /** A scope whose tokens do not have the filter's client in {@code aud}. */
  static final String UNHEARD = "orders:unheard";

  /** Options that are compiled in. */
  private static final List<String> BUILD =
      List.of("build", "--db=dev-mem", "--cache=local", "--https-client-auth=request");

  private static final String REALM = "/realms/portcullis";
  private static final String ENDPOINTS = REALM + "/protocol/openid-connect/";
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(6);
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  private final Path home = Path.of(System.getProperty("keycloak.home")).toAbsolutePath();
  private final int port = FreePort.find();
  private final TokenClient client = TokenClient.of("https://127.0.0.1:" + port, "demo");

  /** Gets no other tokens than such as are bound to a key. */
  private final TokenClient binding = new TokenClient(client.http(), client.base(), "demo-dpop");

  private final ServerProcess process;

  /** Starts it; it is of use after {@link #await}. */
  KeycloakServer(Registrations registrations) throws Exception {
    prepare();
    importing(registrations);
    process = ServerProcess.start(command(start()), "keycloak");
  }

  /** Returns when it knows the realm. */
  void await() throws Exception {
    process.await(START_LIMIT, () -> client.answers(REALM));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Map<String, String> settings() {
    String issuer = "https://127.0.0.1:" + port + REALM;
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("as.targets", "127.0.0.1:" + port);
    settings.put("as.introspection-endpoint", ENDPOINTS + "token/introspect");
    settings.put("as.issuer", issuer);
    settings.put("require.issuer", issuer);
    settings.put("require.audience", "orders-api");
    return settings;
  }

  @Override
  public String token() throws Exception {
    return client.token(ENDPOINTS + "token", "orders:read");
  }

  /** A token that is good, but not for the clients that the filter is. */
  String unheardToken() throws Exception {
    return client.token(ENDPOINTS + "token", UNHEARD);
  }

  /** Asks as a client that gets bound tokens only, but without a proof. */
  String tokenWithoutProof() throws Exception {
    return binding.token(ENDPOINTS + "token", "orders:read");
  }

  @Override
  public String boundToken(ProofLibrary library) throws Exception {
    return client.boundToken(ENDPOINTS + "token", "orders:read", library);
  }

  @Override
  public void revoke(String token) throws Exception {
    client.revoke(ENDPOINTS + "revoke", token);
  }

  @Override
  public void close() {
    process.close();
  }

  private void prepare() throws Exception {
    Path done = home.resolve("prepared-with");
    String wanted = String.join(" ", BUILD);
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    ServerProcess build = ServerProcess.start(command(BUILD), "keycloak-build");
    if (!build.process().waitFor(BUILD_LIMIT.toSeconds(), TimeUnit.SECONDS)
        || build.process().exitValue() != 0) {
      build.close();
      throw new IOException("Keycloak cannot be prepared: " + build.said());
    }
    Files.writeString(done, wanted);
  }

  private List<String> start() throws Exception {
    Identities identities = Identities.shared();
    return List.of(
        "start",
        "--optimized",
        "--import-realm",
        "--http-host=127.0.0.1",
        "--https-port=" + port,
        "--hostname-strict=false",
        "--https-key-store-file=" + identities.server().store(),
        "--https-key-store-password=" + Identities.PASSWORD,
        "--https-trust-store-file=" + identities.trustedByServer(),
        "--https-trust-store-password=" + Identities.PASSWORD);
  }

  private ProcessBuilder command(List<String> arguments) {
    List<String> command =
        Stream.concat(
                Stream.of("sh", home.resolve("bin").resolve("kc.sh").toString()),
                arguments.stream())
            .toList();
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
    process.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    return process;
  }

  private void importing(Registrations registrations) throws Exception {
    Identity identity = Identities.shared().client();
    Path file = Files.createDirectories(home.resolve("data").resolve("import"));
    try (InputStream realm = KeycloakServer.class.getResourceAsStream("/keycloak/realm.json")) {
      Files.writeString(
          file.resolve("realm.json"),
          new String(Optional.ofNullable(realm).orElseThrow().readAllBytes(), UTF_8)
              .replace("@secret@", Registrations.SECRET)
              .replace("@managed.keys@", registrations.managedKeys())
              .replace("@registered.keys@", identity.jwkSet().replace("\"", "\\\""))
              .replace("@registered.certificate@", identity.base64()));
    }
  }
}
