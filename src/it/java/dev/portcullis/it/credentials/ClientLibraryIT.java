/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.Browser;
import dev.portcullis.it.FreePort;
import dev.portcullis.testing.RawHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Client libraries of JavaScript and a browser get through with default algorithms, nonces
 * required, and what they do by themselves.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientLibraryIT {

  private static final String DPOP = "dpop";
  private static final String MCP = "mcp";

  private final int port = FreePort.find();
  private ServerProcess node;
  private Application application;

  @BeforeAll
  void start() throws Exception {
    int applicationPort = FreePort.find();
    ProcessBuilder command =
        new ProcessBuilder(
                "node", "clients.mjs", Integer.toString(port), Integer.toString(applicationPort))
            .directory(Path.of(System.getProperty("clients.js")).toFile());
    node = ServerProcess.start(command, "node");
    GuardedPaths paths = new GuardedPaths();
    paths.guard(DPOP, settings());
    paths.guard(MCP, protectedResource());
    application = Application.start(paths, applicationPort, List.of());
    node.await(Duration.ofSeconds(30), () -> RawHttp.get(port, "/page").status() == 200);
  }

  @AfterAll
  void stop() {
    application.close();
    node.close();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("as.introspection-endpoint", origin() + "/introspect");
    settings.put("as.secure", "false");
    settings.put("client.id", "shop");
    settings.put("client.secret", "secret");
    settings.put("dpop.type", "enabled");
    settings.put("dpop.require-nonce", "true");
    settings.put("request.base-urls", origin());
    return settings;
  }

  private Map<String, String> protectedResource() {
    Map<String, String> settings = settings();
    settings.put("as.issuer", origin().replace("http:", "https:"));
    settings.put("metadata.enabled", "true");
    settings.put("metadata.resource", origin() + "/app/mcp/echo");
    settings.put("require.scopes", "tools:use");
    return settings;
  }

  @ParameterizedTest
  @CsvSource({
    "openid-client-5, ES256",
    "openid-client-5, RS256",
    "openid-client, ES256",
    "openid-client, Ed25519",
    "openid-client, RS256",
    "oauth4webapi, ES256",
    "oauth4webapi, Ed25519",
    "oauth4webapi, PS256",
    "dpop, ES256",
    "dpop, Ed25519"
  })
  @DisplayName("FLD-52, FLD-53, FLD-60: libraries ask again with the nonce and get through")
  void library_getsThrough(String name, String algorithm) throws Exception {
    String said = RawHttp.get(port, "/run/" + name + "/" + algorithm).body();

    assertTrue(said.contains("auth=DPoP\n"), () -> said + node.said());
  }

  @Test
  @DisplayName(
      "FLD-52: the key of a browser names its algorithm Ed25519 where the proof says EdDSA")
  void browser_getsThrough() throws Exception {
    String said = Browser.open(origin() + "/page");

    assertTrue(said.contains("jwk.alg=Ed25519 401 200"), said);
    assertTrue(said.contains("auth=DPoP\n"), said);
  }

  @Test
  @DisplayName("FLD-62: the MCP SDK connects from nothing but the URL, and asks for the scope")
  void mcp_connectsFromTheUrl() throws Exception {
    String said = RawHttp.get(port, "/run/mcp").body();

    assertEquals("guarded scope=tools:use", said, node::said);
  }

  private String origin() {
    return "http://127.0.0.1:" + port;
  }
}
