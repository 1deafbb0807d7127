/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.http.TransportException.Stage;
import java.io.IOException;
import java.net.Socket;
import java.util.Base64;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHost;

/**
 * The way through a forward proxy: a tunnel made by {@code CONNECT} for https, a request in
 * absolute form for http (RFC 9112 section 3.2). Shows its credentials to the proxy only. Safe for
 * use by several threads.
 */
final class ForwardProxy {

  private static final int OK = 200;
  private static final int REDIRECTION = 300;
  private static final int UNAUTHORIZED = 401;
  private static final int UNAUTHENTICATED = 407;
  private static final int SERVER_ERROR = 500;

  private final HttpHost address;
  private final Optional<ProxySettings.Login> login;

  ForwardProxy(ProxySettings settings) {
    address = new HttpHost(settings.host(), settings.port());
    login = settings.login();
  }

  private static String basic(ProxySettings.Login login) {
    String pair = login.username() + ":" + login.password().current().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  /** Where it listens. */
  HttpHost address() {
    return address;
  }

  /** The field {@code Proxy-Authorization} of what is sent to the proxy itself. */
  Optional<String> credentials() {
    return login.map(ForwardProxy::basic);
  }

  /** Has it connect that socket to the target. */
  void tunnel(Socket socket, HttpHost target) throws IOException {
    socket.getOutputStream().write(connect(target).getBytes(ISO_8859_1));
    check(ConnectAnswer.read(socket.getInputStream()));
  }

  private String connect(HttpHost target) {
    String authority = authority(target);
    String request =
        "CONNECT "
            + authority
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nUser-Agent: Portcullis\r\n";
    return request
        + credentials().map(text -> "Proxy-Authorization: " + text + "\r\n").orElse("")
        + "\r\n";
  }

  private static String authority(HttpHost target) {
    String name = target.getHostName();
    return (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + target.getPort();
  }

  private void check(int status) throws ProxyException {
    // Tinyproxy says 401 to a wrong password; no answer to CONNECT is the target's.
    if (status == UNAUTHENTICATED || status == UNAUTHORIZED) {
      throw unauthenticated(status);
    }
    if (status >= SERVER_ERROR) {
      throw new ProxyException(Stage.UNREACHED, "its answer to CONNECT has status " + status);
    }
    if (status < OK || status >= REDIRECTION) {
      throw new ProxyException(Stage.PROXY_REFUSED, "its answer to CONNECT has status " + status);
    }
  }

  /** Looks at an answer to a request in absolute form, which may be the proxy's own. */
  void checkAnswer(int status) throws ProxyException {
    if (status == UNAUTHENTICATED) {
      throw unauthenticated(status);
    }
  }

  private ProxyException unauthenticated(int status) {
    return new ProxyException(
        Stage.PROXY_CREDENTIALS,
        login.isPresent()
            ? "status " + status
            : "status " + status + ", and proxy.requires-authentication is false");
  }
}
