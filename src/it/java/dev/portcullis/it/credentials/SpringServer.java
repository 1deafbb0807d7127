/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.FreePort;
import dev.portcullis.testing.ProofLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Spring Authorization Server as the sample has it, but over TLS and with a client for each way to
 * authenticate: all in properties.
 */
final class SpringServer implements RealServer {

  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final String PREFIX = "spring.security.oauth2.authorizationserver.";

  private final int port = FreePort.find();
  private final ServerProcess process;
  private final TokenClient client = TokenClient.of(issuer(), "demo");

  /** Starts it; it is of use after {@link #await}. */
  SpringServer(Registrations registrations) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "spring-").toAbsolutePath();
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Dexit-with-parent=true",
            "-jar",
            System.getProperty("authorization-server.jar"),
            "--spring.config.additional-location=" + write(folder, registrations).toUri());
    command.environment().put("RESOURCE_SERVER_SECRET", "of the sample's own client");
    process = ServerProcess.start(command, "spring");
  }

  /** Returns when it answers. */
  void await() throws Exception {
    process.await(START_LIMIT, () -> client.answers("/.well-known/oauth-authorization-server"));
  }

  private String issuer() {
    return "https://127.0.0.1:" + port;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Map<String, String> settings() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("as.targets", "127.0.0.1:" + port);
    settings.put("as.introspection-endpoint", "/oauth2/introspect");
    settings.put("as.issuer", issuer());
    settings.put("require.issuer", issuer());
    settings.put("require.audience", "orders-api");
    settings.put("require.scopes", "orders:read");
    return settings;
  }

  @Override
  public String token() throws Exception {
    return client.token("/oauth2/token", "orders:read");
  }

  @Override
  public String boundToken(ProofLibrary library) throws Exception {
    return client.boundToken("/oauth2/token", "orders:read", library);
  }

  @Override
  public void revoke(String token) throws Exception {
    client.revoke("/oauth2/revoke", token);
  }

  @Override
  public void close() {
    process.close();
  }

  private Path write(Path folder, Registrations registrations) throws Exception {
    Properties properties = new Properties();
    properties.put("server.port", Integer.toString(port));
    properties.putAll(tls());
    properties.put(PREFIX + "issuer", issuer());
    register(properties, Registrations.SECRET_CLIENT, "client_secret_basic, client_secret_post");
    properties.put(
        PREFIX + "client." + Registrations.SECRET_CLIENT + ".registration.client-secret",
        "{noop}" + Registrations.SECRET);
    register(properties, Registrations.MANAGED, "private_key_jwt");
    keys(properties, Registrations.MANAGED, registrations.managedKeys(), "RS256");
    register(properties, Registrations.REGISTERED, "private_key_jwt");
    keys(properties, Registrations.REGISTERED, registrations.registeredKeys(), "ES256");
    register(properties, Registrations.SELF_SIGNED, "self_signed_tls_client_auth");
    keys(properties, Registrations.SELF_SIGNED, registrations.selfSignedKeys(), "ES256");
    register(properties, Registrations.CERTIFICATE, "tls_client_auth");
    properties.put("certificate-subjects." + Registrations.CERTIFICATE, "CN=client");
    Path file = folder.resolve("clients.properties");
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, "");
    }
    return file;
  }

  private static Map<String, String> tls() throws Exception {
    Identities identities = Identities.shared();
    return Map.of(
        "server.ssl.key-store",
        identities.server().store().toString(),
        "server.ssl.key-store-password",
        Identities.PASSWORD,
        "server.ssl.client-auth",
        "want",
        "server.ssl.trust-store",
        identities.trustedByServer().toString(),
        "server.ssl.trust-store-password",
        Identities.PASSWORD);
  }

  private static void register(Properties properties, String id, String methods) {
    String registration = PREFIX + "client." + id + ".registration.";
    properties.put(registration + "client-id", id);
    properties.put(registration + "client-authentication-methods", methods);
    properties.put(registration + "authorization-grant-types", "none");
  }

  private static void keys(Properties properties, String id, String url, String algorithm) {
    String client = PREFIX + "client." + id + ".";
    properties.put(client + "jwk-set-uri", url);
    properties.put(client + "token-endpoint-authentication-signing-algorithm", algorithm);
  }
}
