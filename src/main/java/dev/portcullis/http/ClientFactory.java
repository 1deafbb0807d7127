/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.keys.TlsMaterial;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Sets up the HTTP library: what it must not do is switched off here. Immutable. */
final class ClientFactory {

  /** Names the product and nothing else: no version, no library. */
  private static final String USER_AGENT = "Portcullis";

  private static final String NEW = "NEW_CONNECTION";

  private final HttpSettings settings;
  private final TlsMaterial material;
  private final Optional<ForwardProxy> proxy;
  private final Patience patience = new Patience();
  private final Vintage vintage;

  ClientFactory(HttpSettings settings, TlsMaterial material, LongSupplier nanoTime) {
    this.settings = settings;
    this.material = material;
    this.proxy = settings.proxy().map(ForwardProxy::new);
    this.vintage = new Vintage(settings.connectionMaxAge(), nanoTime);
  }

  Optional<ForwardProxy> proxy() {
    return proxy;
  }

  ConnectionOpener opener(HostResolver resolver) {
    return new ConnectionOpener(resolver, tls(), settings, proxy);
  }

  /** A connection that is not open yet. */
  PooledConnection connection() {
    return new PooledConnection(vintage, material::context);
  }

  PoolingHttpClientConnectionManager connections(ConnectionOpener opener, int targets) {
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            opener,
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            route -> connection(),
            true);
    connections.setDefaultMaxPerRoute(settings.maxConnections());
    connections.setMaxTotal(settings.maxConnections() * targets);
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom().setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS).build());
    return connections;
  }

  CloseableHttpClient client(PoolingHttpClientConnectionManager connections) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setRequestExecutor(
            new TimedRequestExecutor(settings.readTimeout(), patience, proxy.isPresent()))
        .addExecInterceptorBefore(ChainElement.CONNECT.name(), NEW, ClientFactory::acquire)
        .setConnectionReuseStrategy(reuse())
        .setKeepAliveStrategy(keepAlive())
        .setUserAgent(USER_AGENT)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .disableConnectionState()
        .build();
  }

  /** Gets a connection; closes it if a new one is wanted, so that it is opened anew. */
  private static ClassicHttpResponse acquire(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (Exchange.of(scope.clientContext).wantsNewConnection()) {
      scope.execRuntime.acquireEndpoint(scope.exchangeId, scope.route, null, scope.clientContext);
      if (scope.execRuntime.isEndpointConnected()) {
        scope.execRuntime.disconnectEndpoint();
      }
    }
    return chain.proceed(request, scope);
  }

  RequestConfig requestConfig(Exchange exchange) {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(timeout(exchange.atMost(settings.poolTimeout())))
        .setResponseTimeout(timeout(exchange.atMost(settings.readTimeout())))
        .setRedirectsEnabled(false)
        .setAuthenticationEnabled(false)
        .setContentCompressionEnabled(false)
        .setExpectContinueEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .build();
  }

  private static Timeout timeout(Duration time) {
    return Timeout.ofMilliseconds(Exchange.millis(time));
  }

  private @Nullable ConnectionReuseStrategy reuse() {
    return settings.keepAlive().isZero()
        ? (request, response, context) -> false
        : DefaultClientConnectionReuseStrategy.INSTANCE;
  }

  /** As long as set, or shorter if the server says so. */
  private ConnectionKeepAliveStrategy keepAlive() {
    TimeValue own = TimeValue.ofMilliseconds(settings.keepAlive().toMillis());
    return (response, context) -> {
      TimeValue wanted =
          DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
      return TimeValue.isPositive(wanted) && wanted.compareTo(own) < 0 ? wanted : own;
    };
  }

  /** Each connection is made with what the files hold by then. */
  private TlsSocketStrategy tls() {
    return (socket, target, port, attachment, context) ->
        tls(material.context()).upgrade(socket, target, port, attachment, context);
  }

  private TlsSocketStrategy tls(SSLContext context) {
    return new DefaultClientTlsStrategy(
        context,
        settings.tls().protocols().toArray(String[]::new),
        suites(),
        SSLBufferMode.STATIC,
        HostnameVerificationPolicy.BOTH,
        HttpsSupport.getDefaultHostnameVerifier());
  }

  private String @Nullable [] suites() {
    return settings.tls().cipherSuites().isEmpty()
        ? null
        : settings.tls().cipherSuites().toArray(String[]::new);
  }
}
