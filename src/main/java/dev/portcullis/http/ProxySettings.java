/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.RenewableSecret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A forward proxy.
 *
 * @param host its host name, or its address, an IPv6 address without brackets
 * @param port its port
 * @param login what it is shown, if it asks who comes
 */
public record ProxySettings(String host, int port, Optional<Login> login) {

  private static final String USE = "as.use-proxy";
  private static final String HOST = "proxy.host";
  private static final String PORT = "proxy.port";
  private static final String AUTHENTICATION = "proxy.requires-authentication";
  private static final String USERNAME = "proxy.username";
  private static final String PASSWORD = "proxy.password";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * User name and password (RFC 7617).
   *
   * @param username without colon
   */
  public record Login(String username, RenewableSecret password) {}

  /** Reads the settings of the proxy; one that is not used is checked all the same. */
  static Optional<ProxySettings> read(ConfigReader reader) {
    boolean use = reader.flag(USE, false);
    Optional<String> host = host(reader);
    Optional<Integer> port = reader.integer(PORT, 1, HIGHEST_PORT);
    Optional<Login> login = login(reader);
    if (reader.isSet(HOST) && !reader.isSet(PORT)) {
      reader.problem(PORT, "is required when proxy.host is set.");
    }
    if (use && !reader.isSet(HOST)) {
      reader.warn(USE, "has no effect, as proxy.host is not set: connections are direct.");
    }
    return use && host.isPresent() && port.isPresent()
        ? Optional.of(new ProxySettings(host.get(), port.get(), login))
        : Optional.empty();
  }

  private static Optional<String> host(ConfigReader reader) {
    Optional<String> text = reader.string(HOST);
    Optional<String> host = text.flatMap(ProxySettings::host);
    if (text.isPresent() && host.isEmpty()) {
      reader.problem(HOST, "must be a host name or an address.");
    }
    return host;
  }

  private static Optional<String> host(String text) {
    if (NAME.matcher(text).matches()) {
      return Optional.of(text);
    }
    String bare = text.replaceFirst("^\\[(.*)]$", "$1");
    try {
      boolean isAddress = new URI("http://[" + bare + "]/").getHost() != null;
      return isAddress ? Optional.of(bare) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<Login> login(ConfigReader reader) {
    boolean required = reader.flag(AUTHENTICATION, false);
    Optional<String> username = reader.string(USERNAME);
    Optional<RenewableSecret> password =
        reader.renewableSecret(
            PASSWORD, text -> !hasControls(text), "must have no control characters.");
    if (username.filter(ProxySettings::isUnfit).isPresent()) {
      reader.problem(USERNAME, "must have no colon and no control characters.");
    }
    if (!required) {
      return Optional.empty();
    }
    require(reader, USERNAME);
    require(reader, PASSWORD);
    return username.flatMap(name -> password.map(secret -> new Login(name, secret)));
  }

  private static void require(ConfigReader reader, String key) {
    if (!reader.isSet(key)) {
      reader.problem(key, "is required when proxy.requires-authentication is true.");
    }
  }

  private static boolean isUnfit(String username) {
    return username.indexOf(':') >= 0 || hasControls(username);
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }
}
