/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.Application.Observed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A forward proxy of other people's making between the filter and a real authorization server. The
 * Java of the application has system properties that name a proxy where nobody listens: whoever
 * heeds them gets no answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TinyproxyIT {

  private static final String OPEN = "open";
  private static final String AUTHENTICATED = "authenticated";
  private static final String WRONG_PASSWORD = "wrong-password";
  private static final String NO_PASSWORD = "no-password";
  private static final String DIRECT = "direct";

  private SpringServer server;
  private CountingRelay relay;
  private Tinyproxy open;
  private Tinyproxy authenticating;
  private Application application;

  @BeforeAll
  void start() throws Exception {
    int port = FreePort.find();
    server = new SpringServer(new Registrations(port));
    relay = new CountingRelay(server.port());
    open = Tinyproxy.open();
    authenticating = Tinyproxy.authenticating();
    GuardedPaths paths = new GuardedPaths();
    paths.guard(OPEN, settings(open.settings()));
    paths.guard(AUTHENTICATED, settings(authenticating.settings(), password(Tinyproxy.PASSWORD)));
    paths.guard(WRONG_PASSWORD, settings(authenticating.settings(), password("wrong")));
    paths.guard(NO_PASSWORD, settings(authenticating.settings()));
    paths.guard(DIRECT, settings(open.settings(), Map.of("as.use-proxy", "false")));
    application = Application.start(paths, port, systemProxy(FreePort.find()));
    server.await();
  }

  @AfterAll
  void stop() throws Exception {
    application.close();
    open.close();
    authenticating.close();
    relay.close();
    server.close();
  }

  @Test
  void openProxy_isPassedByATunnel() throws Exception {
    assertPassed(application.get(OPEN, server.token()), open);
  }

  @Test
  void userNameAndPassword_areAccepted() throws Exception {
    assertPassed(application.get(AUTHENTICATED, server.token()), authenticating);
  }

  @Test
  void wrongPassword_isNamed_andTheServerIsNotReached() throws Exception {
    assertStopped(WRONG_PASSWORD);
  }

  @Test
  void missingPassword_isNamed_andTheServerIsNotReached() throws Exception {
    assertStopped(NO_PASSWORD);
  }

  @Test
  void withoutProxy_theConnectionIsDirect_whateverSystemPropertiesSay() throws Exception {
    int before = relay.connections();
    String log = open.log();

    Observed direct = application.get(DIRECT, server.token());

    assertAll(
        () -> assertEquals(200, direct.response().status(), direct::toString),
        () -> assertEquals("false", direct.call().get("viaProxy")),
        () -> assertEquals(before + 1, relay.connections()),
        () -> assertEquals(log, open.log()));
  }

  private void assertPassed(Observed observed, Tinyproxy proxy) throws Exception {
    assertAll(
        () -> assertEquals(200, observed.response().status(), observed::toString),
        () -> assertEquals("true", observed.call().get("viaProxy")),
        () -> assertEquals("active", observed.call().get("outcome")),
        () -> assertTrue(proxy.log().contains("CONNECT 127.0.0.1:" + relay.port()), proxy.log()));
  }

  private void assertStopped(String path) throws Exception {
    String token = server.token();
    int before = relay.connections();

    Observed observed = application.get(path, token);

    assertAll(
        () -> assertEquals(503, observed.response().status(), observed::toString),
        () -> assertEquals("as_unavailable", observed.entry().get("failedRuleType")),
        () -> assertEquals("proxy.password", observed.entry().get("failedRuleName")),
        () -> assertEquals("true", observed.call().get("viaProxy")),
        () -> assertEquals(before, relay.connections()),
        () -> assertTrue(application.jetty().log().contains("See proxy.password.")));
  }

  @SafeVarargs
  private Map<String, String> settings(Map<String, String>... more) throws Exception {
    Map<String, String> settings =
        new TreeMap<>(Credentials.SECRET_BY_BASIC.settings(server, true));
    settings.put("as.targets", "127.0.0.1:" + relay.port());
    settings.put("as.startup-probe", "off"); // connections are counted
    for (Map<String, String> some : more) {
      settings.putAll(some);
    }
    return settings;
  }

  private static Map<String, String> password(String password) {
    return Map.of(
        "proxy.requires-authentication",
        "true",
        "proxy.username",
        Tinyproxy.USERNAME,
        "proxy.password",
        password);
  }

  private static List<String> systemProxy(int port) {
    return List.of(
        "-Dhttps.proxyHost=127.0.0.1",
        "-Dhttps.proxyPort=" + port,
        "-Dhttp.proxyHost=127.0.0.1",
        "-Dhttp.proxyPort=" + port,
        "-Dhttp.nonProxyHosts=");
  }
}
