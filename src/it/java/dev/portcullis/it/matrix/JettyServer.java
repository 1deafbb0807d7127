/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.Polling;
import dev.portcullis.it.credentials.ServerProcess;
import dev.portcullis.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Jetty as it is distributed, which looks every second what is in its folder. */
final class JettyServer implements Container {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String CONTEXT =
      """
      <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
      <Configure class="org.eclipse.jetty.%1$s.webapp.WebAppContext">
        <Set name="contextPath">/%2$s</Set>
        <Set name="war">%3$s</Set>
        <Set name="overrideDescriptor">%4$s</Set>
      </Configure>
      """;

  private final String version;
  private final String edition;
  private final Path base;
  private final int port;
  private final ServerProcess process;
  private final Attached attached;

  private JettyServer(
      String version,
      String edition,
      Path base,
      int port,
      ServerProcess process,
      Attached attached) {
    this.version = version;
    this.edition = edition;
    this.base = base;
    this.port = port;
    this.process = process;
    this.attached = attached;
  }

  /**
   * Starts it.
   *
   * @param line its line of versions, as in the names of the system properties that tell of it
   * @param edition the Jakarta EE version, {@code ee10} or {@code ee11}
   */
  static JettyServer start(String line, String edition) throws Exception {
    Path base = Files.createTempDirectory(Path.of("target"), "jetty-" + edition + "-");
    base = base.toAbsolutePath();
    Files.createDirectory(base.resolve("webapps"));
    Files.writeString(base.resolve("websockets.xml"), webSockets(edition));
    int port = FreePort.find();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-jar"));
    command.add(Path.of(System.getProperty("jetty" + line + ".home"), "start.jar").toString());
    command.add("jetty.http.host=127.0.0.1");
    command.add("jetty.http.port=" + port);
    command.add("jetty.deploy.scanInterval=1");
    command.add(
        "--modules=http,http2c,%1$s-deploy,%1$s-jsp,%1$s-websocket-jakarta".formatted(edition));
    ServerProcess process =
        ServerProcess.start(new ProcessBuilder(command).directory(base.toFile()), "jetty");
    process.await(PATIENCE, () -> process.said().contains(".Server@") && !FreePort.isFree(port));
    return new JettyServer(
        System.getProperty("jetty" + line + ".version"),
        edition,
        base,
        port,
        process,
        Attached.to(process.process().toHandle()));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public boolean deploy(WebArchive application) throws Exception {
    String name = name(application.getName());
    if (Files.exists(descriptor(name))) {
      undeploy(application.getName());
    }
    Path war = base.resolve(application.getName());
    application.as(ZipExporter.class).exportTo(war.toFile(), true);
    int before = log().length();
    Path written = Files.createTempFile(base, name, ".xml");
    Files.writeString(
        written, CONTEXT.formatted(edition, name, war, base.resolve("websockets.xml")));
    Files.move(written, descriptor(name), StandardCopyOption.ATOMIC_MOVE);
    awaitLog(before, "(Started|Failed startup of context) .*" + context(name));
    awaitAttached(name);
    return !log().substring(before).contains("Failed startup of context");
  }

  /** That it says it has started comes before its filters have, and before it is asked. */
  private void awaitAttached(String name) throws Exception {
    Polling.await(
        PATIENCE,
        () -> name + " is not found",
        () ->
            RawHttp.get(port, "/" + name + GuardedWebapp.OPEN).status() == 404
                ? Optional.empty()
                : Optional.of(true));
  }

  @Override
  public void undeploy(String archive) throws Exception {
    String name = name(archive);
    int before = log().length();
    if (Files.deleteIfExists(descriptor(name))) {
      awaitLog(before, "Stopped .*" + context(name));
    }
  }

  /** What the manual has an application add for WebSockets; here the archive stays as it is. */
  private static String webSockets(String edition) throws IOException {
    return """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        """
        + GuardedWebapp.jettyFilter(edition)
        + "</web-app>";
  }

  private Path descriptor(String name) {
    return base.resolve("webapps").resolve(name + ".xml");
  }

  private static String name(String archive) {
    return archive.replace(".war", "");
  }

  private static String context(String name) {
    return "WebAppContext@[^\\n]*[{,]/" + name + ",";
  }

  private String awaitLog(int before, String pattern) throws Exception {
    Pattern wanted = Pattern.compile(pattern);
    return Polling.await(
        PATIENCE,
        () -> pattern + " in " + log().substring(before),
        () -> {
          var found = wanted.matcher(log().substring(before));
          return found.find() ? Optional.of(found.group()) : Optional.empty();
        });
  }

  @Override
  public String log() {
    return process.said();
  }

  @Override
  public MBeanServerConnection beans() throws IOException {
    return attached.beans();
  }

  @Override
  public void close() throws IOException {
    attached.close();
    process.close();
  }
}
