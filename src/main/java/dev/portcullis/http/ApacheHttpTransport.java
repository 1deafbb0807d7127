/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.http.TransportException.Stage;
import dev.portcullis.keys.TlsMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;

/**
 * The transport over Apache HttpClient 5: a pool of kept-alive connections, and one deadline over
 * name, connection, TLS, header and the last octet of the body. A connection whose exchange did not
 * end well is never used again. Safe for use by several threads.
 */
public final class ApacheHttpTransport implements HttpTransport {

  private static final int OK = 200;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Watchdog watchdog = new Watchdog();
  private final HostResolver resolver;
  private final ClientFactory factory;
  private final ConnectionOpener opener;
  private final TlsMaterial material;
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient client;
  private final BoundedBody body;
  private volatile boolean closed;

  /**
   * Makes a transport.
   *
   * @param material what TLS connections are made with
   * @param targets how many targets will be called
   */
  public ApacheHttpTransport(HttpSettings settings, TlsMaterial material, int targets) {
    this(settings, material, targets, InetAddress::getAllByName, System::nanoTime);
  }

  ApacheHttpTransport(
      HttpSettings settings,
      TlsMaterial material,
      int targets,
      HostResolver.Lookup lookup,
      LongSupplier nanoTime) {
    this.material = material;
    resolver = new HostResolver(lookup);
    factory = new ClientFactory(settings, material, nanoTime);
    opener = factory.opener(resolver);
    connections = factory.connections(opener, targets);
    client = factory.client(connections);
    body = new BoundedBody(settings.maxResponseSize());
    watchdog.every(longer(settings.keepAlive(), SECOND), connections::closeExpired);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Override
  public HttpReply send(HttpCall call, Deadline deadline) throws TransportException {
    requireOpen(deadline);
    try (Exchange exchange = exchange(deadline, call.wantsNewConnection())) {
      return send(call, exchange);
    }
  }

  private HttpReply send(HttpCall call, Exchange exchange) throws TransportException {
    try {
      ClassicHttpResponse response = open(call, exchange);
      if (isSeenByProxy(call.target())) {
        factory.proxy().get().checkAnswer(response.getCode());
      }
      return reply(response, exchange);
    } catch (IOException e) {
      exchange.abort();
      throw exchange.failure(e);
    } catch (IllegalStateException | RejectedExecutionException e) {
      throw notSent(e);
    }
  }

  @Override
  public void connect(URI target, Deadline deadline) throws TransportException {
    requireOpen(deadline);
    HttpHost host = new HttpHost(target.getScheme(), bare(target.getHost()), target.getPort());
    HttpClientContext context = HttpClientContext.create();
    try (Exchange exchange = exchange(deadline, true);
        PooledConnection connection = factory.connection()) {
      exchange.attachTo(context);
      try {
        opener.connect(connection, host, null, null, SocketConfig.DEFAULT, context);
      } catch (IOException e) {
        throw exchange.failure(e);
      } catch (RejectedExecutionException e) {
        throw notSent(e);
      }
    }
  }

  private Exchange exchange(Deadline deadline, boolean wantsNewConnection) {
    return new Exchange(deadline, watchdog, material.identity().isPresent(), wantsNewConnection);
  }

  private void requireOpen(Deadline deadline) throws TransportException {
    if (closed || deadline.hasPassed()) {
      throw new TransportException(Stage.NOT_SENT, closed ? "closed" : "no time left");
    }
  }

  /** What fails like that because the transport was closed meanwhile. */
  private TransportException notSent(RuntimeException e) {
    if (closed) {
      return new TransportException(Stage.NOT_SENT, "closed", e);
    }
    throw e;
  }

  private ClassicHttpResponse open(HttpCall call, Exchange exchange) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(factory.requestConfig(exchange));
    exchange.attachTo(context);
    URI target = call.target();
    HttpHost host = new HttpHost(target.getScheme(), bare(target.getHost()), target.getPort());
    return client.executeOpen(host, request(call, host), context);
  }

  /** Without the brackets that an IPv6 address has in a URL. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private ClassicHttpRequest request(HttpCall call, HttpHost host) {
    URI target = call.target();
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    BasicClassicHttpRequest request =
        new BasicClassicHttpRequest(call.method(), host, target.getRawPath() + query);
    call.headers().forEach(request::addHeader);
    if (isSeenByProxy(target)) {
      factory
          .proxy()
          .flatMap(ForwardProxy::credentials)
          .ifPresent(text -> request.addHeader(HttpHeaders.PROXY_AUTHORIZATION, text));
    }
    if (call.body().length > 0) {
      request.setEntity(new ByteArrayEntity(call.body(), null));
    }
    return request;
  }

  /** Whether a request is the proxy's to read: there is no tunnel for plain HTTP. */
  private boolean isSeenByProxy(URI target) {
    return isViaProxy() && URIScheme.HTTP.same(target.getScheme());
  }

  private HttpReply reply(ClassicHttpResponse response, Exchange exchange)
      throws IOException, TransportException {
    try {
      boolean ok = response.getCode() == OK;
      return new HttpReply(
          response.getCode(),
          header(response, HttpHeaders.CONTENT_TYPE),
          header(response, HttpHeaders.CONTENT_ENCODING),
          header(response, HttpHeaders.RETRY_AFTER),
          ok ? body.read(response, exchange) : body.readOrDrop(response, exchange));
    } finally {
      Closer.closeQuietly(response);
    }
  }

  private static Optional<String> header(ClassicHttpResponse response, String name) {
    Header[] headers = response.getHeaders(name);
    return headers.length == 0
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(headers).map(Header::getValue).collect(Collectors.joining(", ")));
  }

  /** Ends the connections that are not in use. Those that are in use are ended by who uses them. */
  public void closeIdle() {
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  @Override
  public boolean isViaProxy() {
    return factory.proxy().isPresent();
  }

  /** Ends all connections at once, and the threads. */
  @Override
  public void close() {
    closed = true;
    client.close(CloseMode.IMMEDIATE);
    resolver.close();
    watchdog.close();
  }
}
