/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import dev.portcullis.ResourceServerFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A web application in an embedded Jetty on the loopback interface, guarded by the filter as {@code
 * web.xml} would have it. Serves {@link EchoServlet} on every path that no other servlet is given
 * for.
 */
public final class TestingApplication implements AutoCloseable {

  private static final long STOP_MILLIS = 3000;
  private static final int BIG_HEADER = 32 * 1024;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Server server;
  private final ServerConnector connector;

  private TestingApplication(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /** Puts an application together. */
  public static final class Builder {

    private final ServletContextHandler context = new ServletContextHandler();
    private final RecordingSink.Journal journal = new RecordingSink.Journal();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final HttpConfiguration http = new HttpConfiguration();
    private final List<ConnectionFactory> connections = new ArrayList<>();
    private boolean hasEcho = true;
    private int threads = 200;

    private Builder() {
      context.setContextPath("/");
      context.setDisplayName("testing");
      http.setRequestHeaderSize(BIG_HEADER);
      settings.put("client.id", "rs-1");
      settings.put("client.secret", "rs-secret");
      settings.put("http.connect-timeout", "2000");
      settings.put("http.overall-timeout", "5000");
      settings.put("as.startup-probe", "off");
      settings.putAll(journal.settings());
    }

    /** Asks that authorization server, {@code http://…} or {@code https://…}. */
    public Builder asking(String introspectionEndpoint) {
      settings.put("as.introspection-endpoint", introspectionEndpoint);
      settings.put("as.secure", Boolean.toString(introspectionEndpoint.startsWith("https:")));
      return this;
    }

    /** Sets an init-param of the filter; an empty value unsets it. */
    public Builder with(String key, String value) {
      settings.put(key, value);
      return this;
    }

    /** Has that many threads for requests, and lets as many clients knock at once. */
    public Builder threads(int number) {
      threads = number;
      return this;
    }

    /** Leaves the audit trail as it is by default. */
    public Builder withoutJournal() {
      settings.keySet().removeIf(key -> key.startsWith("audit."));
      return this;
    }

    /** Mounts the application there. */
    public Builder at(String contextPath) {
      context.setContextPath(contextPath);
      return this;
    }

    /** Serves a path with that servlet. */
    public Builder serving(String path, HttpServlet servlet) {
      ServletHolder holder = new ServletHolder(servlet);
      holder.setAsyncSupported(true);
      context.addServlet(holder, path);
      hasEcho &= !path.equals("/");
      return this;
    }

    /** Has another filter in front of ours. */
    public Builder behind(Filter filter) {
      FilterHolder holder = new FilterHolder(filter);
      holder.setAsyncSupported(true);
      context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
      return this;
    }

    /** Has the filter's classes loaded by that class loader. */
    public Builder loadedBy(ClassLoader loader) {
      context.setClassLoader(loader);
      return this;
    }

    /** The audit entries of the filter. */
    public RecordingSink.Journal journal() {
      return journal;
    }

    /** The context, for whatever else a test needs. */
    public ServletContextHandler context() {
      return context;
    }

    /** How the connector reads HTTP, for whatever else a test needs. */
    public HttpConfiguration http() {
      return http;
    }

    /** Serves TLS of that context, and asks for a certificate without insisting on one. */
    public Builder securedBy(SSLContext tls) {
      SslContextFactory.Server factory = new SslContextFactory.Server();
      factory.setSslContext(tls);
      factory.setWantClientAuth(true);
      http.addCustomizer(new SecureRequestCustomizer(false));
      connections.add(new SslConnectionFactory(factory, "http/1.1"));
      return this;
    }

    /** Adds a filter for all paths and all dispatches, with the settings so far. */
    public Builder guarding(String path) {
      FilterHolder holder = new FilterHolder();
      holder.setClassName(ResourceServerFilter.class.getName());
      holder.setName("guard-" + NUMBER.incrementAndGet());
      holder.setAsyncSupported(true);
      settings.forEach(holder::setInitParameter);
      context.addFilter(holder, path, EnumSet.allOf(DispatcherType.class));
      return this;
    }

    /** Starts it, guarded on all paths. */
    public TestingApplication start() throws Exception {
      guarding("/*");
      return startAsItIs();
    }

    /** Starts it with the filters added so far. */
    public TestingApplication startAsItIs() throws Exception {
      if (hasEcho) {
        serving("/", new EchoServlet());
      }
      Server server = new Server(new QueuedThreadPool(threads));
      connections.add(new HttpConnectionFactory(http));
      ServerConnector connector =
          new ServerConnector(server, connections.toArray(ConnectionFactory[]::new));
      connector.setHost("127.0.0.1");
      connector.setAcceptQueueSize(threads);
      server.addConnector(connector);
      server.setHandler(
          new NotedHandler(
              new GracefulHandler(context))); // a request under way ends with its entry
      server.setStopTimeout(STOP_MILLIS);
      TestingApplication application = new TestingApplication(server, connector);
      try {
        server.start();
      } catch (Exception e) {
        application.close();
        throw e;
      }
      return application;
    }
  }

  /** Takes note of the requests that a handler has in hand. */
  private static final class NotedHandler extends Handler.Wrapper {

    NotedHandler(Handler handler) {
      super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      InHand noted = new InHand(Request.getLocalPort(request), Request.getRemotePort(request));
      CountDownLatch begun = noted.begin();
      try {
        return super.handle(request, response, callback);
      } finally {
        noted.end(begun);
      }
    }
  }

  /** Begins an application. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where it listens. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Sends {@code GET} with those field lines. */
  public RawHttp.Response get(String path, String... fieldLines) throws IOException {
    return RawHttp.get(port(), path, fieldLines);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}
