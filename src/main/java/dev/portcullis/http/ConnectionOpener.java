/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections for the pool: name, TCP, the proxy's tunnel if there is a proxy, TLS; each
 * within what is left of the call's time. Without a proxy of its own it is direct, whatever the
 * system properties say. Safe for use by several threads.
 */
final class ConnectionOpener implements HttpClientConnectionOperator {

  private final HostResolver resolver;
  private final TlsSocketStrategy tls;
  private final Optional<String> expectedHostname;
  private final Duration connectTimeout;
  private final Optional<ForwardProxy> proxy;

  ConnectionOpener(
      HostResolver resolver,
      TlsSocketStrategy tls,
      HttpSettings settings,
      Optional<ForwardProxy> proxy) {
    this.resolver = resolver;
    this.tls = tls;
    this.expectedHostname = settings.tls().expectedHostname();
    this.connectTimeout = settings.connectTimeout();
    this.proxy = proxy;
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable InetSocketAddress local,
      @Nullable TimeValue timeout,
      SocketConfig config,
      HttpContext context)
      throws IOException {
    Exchange exchange = Exchange.of(context);
    exchange.connecting(proxy.isPresent());
    ((PooledConnection) connection).leadsTo(host);
    HttpHost next = proxy.map(ForwardProxy::address).orElse(host);
    InetAddress[] addresses = resolver.resolve(next.getHostName(), exchange.atMost(connectTimeout));
    Socket socket = open(addresses, next.getPort(), exchange);
    try {
      bind(connection, socket, host, exchange, context);
    } catch (IOException | RuntimeException e) {
      Watchdog.abort(socket);
      throw e;
    }
  }

  private Socket open(InetAddress[] addresses, int port, Exchange exchange) throws IOException {
    IOException failure = new IOException("no address");
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY); // nor SOCKS
      try {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        int millis = Exchange.millis(exchange.atMost(connectTimeout));
        socket.connect(new InetSocketAddress(address, port), millis);
        socket.setSoTimeout(millis);
        return socket;
      } catch (IOException e) {
        Watchdog.abort(socket);
        failure = e;
      }
    }
    throw failure;
  }

  private void bind(
      ManagedHttpClientConnection connection,
      Socket socket,
      HttpHost host,
      Exchange exchange,
      HttpContext context)
      throws IOException {
    if (URIScheme.HTTPS.same(host.getSchemeName())) {
      if (proxy.isPresent()) {
        exchange.tunnelling(socket, connectTimeout);
        proxy.get().tunnel(socket, host);
      }
      connection.bind(secured(socket, host, exchange, context), socket);
    } else {
      connection.bind(socket);
    }
  }

  private SSLSocket secured(Socket socket, HttpHost host, Exchange exchange, HttpContext context)
      throws IOException {
    String name = expectedHostname.orElse(host.getHostName());
    exchange.securing(socket, connectTimeout);
    return tls.upgrade(socket, name, host.getPort(), null, context);
  }

  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) {
    throw new UnsupportedOperationException(
        "no route has a proxy: tunnels are made when connecting");
  }
}
