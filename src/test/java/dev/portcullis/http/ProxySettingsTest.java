/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.api.Secret;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertySource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a forward proxy. */
class ProxySettingsTest {

  private static final String[] PROXY = {
    "as.use-proxy", "true", "proxy.host", "proxy.example", "proxy.port", "3128"
  };

  private static final String[] LOGIN = {
    "proxy.requires-authentication", "true", "proxy.username", "rs", "proxy.password", "pr0xy"
  };

  @Test
  void proxyInUse_isReadWithItsLogin() {
    ProxySettings proxy = read(PROXY).orElseThrow();
    assertEquals("proxy.example", proxy.host());
    assertEquals(3128, proxy.port());
    assertEquals(Optional.empty(), proxy.login());
    ProxySettings.Login login = read(with(PROXY, LOGIN)).orElseThrow().login().orElseThrow();
    assertEquals("rs", login.username());
    assertEquals("pr0xy", login.password().current().reveal());
    assertEquals(Secret.of("pr0xy").toString(), login.password().current().toString());
  }

  @Test
  void loginThatIsNotRequired_isNotShown() {
    ProxySettings proxy =
        read(with(PROXY, "proxy.username", "rs", "proxy.password", "x")).orElseThrow();
    assertEquals(Optional.empty(), proxy.login());
  }

  @Test
  void proxyNotInUse_isDirect() {
    assertEquals(Optional.empty(), read("proxy.host", "proxy.example", "proxy.port", "3128"));
    assertEquals(Optional.empty(), read());
  }

  @Test
  void useWithoutHost_isDirectWithWarning() throws Exception {
    ConfigReader reader = reader("as.use-proxy", "true");
    assertEquals(Optional.empty(), ProxySettings.read(reader));
    reader.finish();
    assertEquals(
        List.of("as.use-proxy: has no effect, as proxy.host is not set: connections are direct."),
        reader.warnings());
  }

  @ParameterizedTest
  @CsvSource({"[::1],::1", "::1,::1", "10.0.0.1,10.0.0.1", "a_b.example,a_b.example"})
  void address_mayBeOfAnyKind(String text, String host) {
    assertEquals(host, read(with(PROXY, "proxy.host", text)).map(ProxySettings::host).orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://proxy", "proxy:80", "a b", "-a", "[::1", "::g", "u@proxy", "a/"})
  void malformedHost_isAProblem(String host) {
    assertEquals(
        List.of("proxy.host: must be a host name or an address."),
        problems(with(PROXY, "proxy.host", host)));
  }

  @Test
  void incompleteProxy_isAProblemEvenWhenNotUsed() {
    assertEquals(
        List.of("proxy.port: is required when proxy.host is set."),
        problems("proxy.host", "proxy.example"));
    assertEquals(
        List.of(
            "proxy.username: is required when proxy.requires-authentication is true.",
            "proxy.password: is required when proxy.requires-authentication is true."),
        problems("proxy.requires-authentication", "true"));
  }

  @Test
  void loginThatBasicCannotCarry_isAProblem() {
    assertEquals(
        List.of("proxy.username: must have no colon and no control characters."),
        problems(with(LOGIN, "proxy.username", "r:s")));
    assertEquals(
        List.of("proxy.password: must have no control characters."),
        problems(with(LOGIN, "proxy.password", "a\nb")));
  }

  private static String[] with(String[] settings, String... more) {
    String[] all = Arrays.copyOf(settings, settings.length + more.length);
    System.arraycopy(more, 0, all, settings.length, more.length);
    return all;
  }

  private static Optional<ProxySettings> read(String... pairs) {
    return ProxySettings.read(reader(pairs));
  }

  private static List<String> problems(String... pairs) {
    ConfigReader reader = reader(pairs);
    Optional<ProxySettings> unused = ProxySettings.read(reader);
    return assertThrows(InvalidConfigurationException.class, reader::finish).problems();
  }

  private static ConfigReader reader(String... pairs) {
    Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(pairs[i], pairs[i + 1]);
    }
    return new ConfigReader(List.of(PropertySource.of(settings)));
  }
}
