/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import dev.portcullis.ResourceServerFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/**
 * A web application with a {@code web.xml}, deployed from a directory in an embedded Jetty on the
 * loopback interface. Unlike {@link TestingApplication} it starts, and is then unavailable, when
 * one of its filters does not.
 */
public final class DeployedWebapp implements AutoCloseable {

  private static final long STOP_MILLIS = 3000;

  private final Server server;
  private final WebAppContext context;

  private DeployedWebapp(Server server, WebAppContext context) {
    this.server = server;
    this.context = context;
  }

  /** Puts an application together. */
  public static final class Builder {

    private final Path directory;
    private final StringBuilder filters = new StringBuilder();

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** Puts a file into it. */
    public Builder file(String path, String content) throws IOException {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    }

    /** Guards a path with a filter that has those init-params. */
    public Builder filter(String name, String path, Map<String, String> parameters) {
      filters.append("<filter><filter-name>").append(name).append("</filter-name><filter-class>");
      filters.append(ResourceServerFilter.class.getName()).append("</filter-class>");
      filters.append("<async-supported>true</async-supported>");
      parameters.forEach(
          (key, value) ->
              filters
                  .append("<init-param><param-name>" + key + "</param-name>")
                  .append("<param-value>" + value + "</param-value></init-param>"));
      filters.append("</filter><filter-mapping><filter-name>").append(name);
      filters.append("</filter-name><url-pattern>" + path + "</url-pattern></filter-mapping>");
      return this;
    }

    /** Deploys it at the root. */
    public DeployedWebapp deploy() throws Exception {
      file(
          "WEB-INF/web.xml",
          "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
              + "<display-name>deployed</display-name>"
              + filters
              + "<servlet><servlet-name>echo</servlet-name><servlet-class>"
              + EchoServlet.class.getName()
              + "</servlet-class></servlet><servlet-mapping><servlet-name>echo</servlet-name>"
              + "<url-pattern>/</url-pattern></servlet-mapping></web-app>");
      WebAppContext context = new WebAppContext();
      context.setContextPath("/");
      context.setWar(directory.toString());
      context.setParentLoaderPriority(true);
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(new GracefulHandler(context)); // a request under way ends with its entry
      server.setStopTimeout(STOP_MILLIS);
      server.start();
      return new DeployedWebapp(server, context);
    }
  }

  /** Begins an application in an empty directory. */
  public static Builder in(Path directory) {
    return new Builder(directory);
  }

  /** Why it is unavailable, if it is. */
  public Optional<Throwable> fault() {
    return Optional.ofNullable(context.getUnavailableException());
  }

  /** Sends {@code GET} with those field lines. */
  public RawHttp.Response get(String path, String... fieldLines) throws IOException {
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    return RawHttp.get(connector.getLocalPort(), path, fieldLines);
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
