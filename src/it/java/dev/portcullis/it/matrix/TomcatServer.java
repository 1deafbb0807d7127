/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.ServerProcess;
import dev.portcullis.testing.RawHttp;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServerConnection;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Tomcat as it is distributed, which its own manager gives applications. */
final class TomcatServer implements Container {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String MANAGER =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString("matrix:matrix".getBytes(StandardCharsets.US_ASCII));

  private static final String SERVER =
      """
      <Server port="-1">
        <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
        <Listener className="org.apache.catalina.core.ThreadLocalLeakPreventionListener"/>
        <Service name="Catalina">
          <Connector port="%d" address="127.0.0.1" protocol="HTTP/1.1"%s>
            <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
          </Connector>
          <Engine name="Catalina" defaultHost="localhost">
            <Realm className="org.apache.catalina.realm.MemoryRealm"/>
            <Host name="localhost" appBase="webapps" autoDeploy="false"/>
          </Engine>
        </Service>
      </Server>
      """;

  private static final String USERS =
      """
      <tomcat-users>
        <user username="matrix" password="matrix" roles="manager-script"/>
      </tomcat-users>
      """;

  private static final String MANAGER_CONTEXT =
      """
      <Context docBase="${catalina.home}/webapps/manager" privileged="true"/>
      """;

  private final String version;
  private final Path base;
  private final boolean isShared;
  private final int port;
  private final ServerProcess process;
  private final Attached attached;
  private final Set<String> deployed = new HashSet<>();

  private TomcatServer(String version, Path base, boolean isShared, int port, ServerProcess process)
      throws Exception {
    this.version = version;
    this.base = base;
    this.isShared = isShared;
    this.port = port;
    this.process = process;
    this.attached = Attached.to(process.process().toHandle());
  }

  /** Starts it; the names of the system properties that tell of it begin with that. */
  static TomcatServer start(String name) throws Exception {
    return start(name, "", false);
  }

  /** Starts it with the JAR among its own libraries, for all applications. */
  static TomcatServer startWithSharedJar(String name) throws Exception {
    return start(name, "", true);
  }

  /** Starts it with attributes of the connector in addition. */
  static TomcatServer start(String name, String connector) throws Exception {
    return start(name, connector, false);
  }

  private static TomcatServer start(String name, String connector, boolean isShared)
      throws Exception {
    Path home = Path.of(System.getProperty(name + ".home"));
    Path base = Files.createTempDirectory(Path.of("target"), name + "-").toAbsolutePath();
    int port = FreePort.find();
    Path conf = Files.createDirectory(base.resolve("conf"));
    Files.copy(home.resolve("conf").resolve("web.xml"), conf.resolve("web.xml"));
    Files.copy(
        home.resolve("conf").resolve("catalina.properties"), conf.resolve("catalina.properties"));
    Files.writeString(conf.resolve("server.xml"), SERVER.formatted(port, connector));
    Files.writeString(conf.resolve("tomcat-users.xml"), USERS);
    Path contexts = Files.createDirectories(conf.resolve("Catalina").resolve("localhost"));
    Files.writeString(contexts.resolve("manager.xml"), MANAGER_CONTEXT);
    for (String folder : List.of("webapps", "temp", "lib")) {
      Files.createDirectory(base.resolve(folder));
    }
    if (isShared) {
      Files.copy(jar(), base.resolve("lib").resolve(jar().getFileName()));
    }
    ServerProcess process =
        ServerProcess.start(command(home, base, connector.isEmpty() ? 17 : 21), name);
    process.await(PATIENCE, () -> process.said().contains("Server startup in"));
    return new TomcatServer(System.getProperty(name + ".version"), base, isShared, port, process);
  }

  private static ProcessBuilder command(Path home, Path base, int javaVersion) {
    List<String> command = new ArrayList<>();
    command.add(Jdk.atLeast(javaVersion).orElseThrow().resolve("bin/java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0"));
    for (String opened : List.of("lang", "io", "util", "util.concurrent")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.add("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");
    command.add("-Dcatalina.home=" + home);
    command.add("-Dcatalina.base=" + base);
    command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
    command.add("-classpath");
    command.add(
        home.resolve("bin/bootstrap.jar")
            + File.pathSeparator
            + home.resolve("bin/tomcat-juli.jar"));
    command.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
    return new ProcessBuilder(command);
  }

  private static Path jar() {
    return Path.of(System.getProperty("portcullis.jar"));
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
    undeploy(application.getName());
    if (isShared) {
      application.delete("/WEB-INF/lib/" + jar().getFileName());
    }
    Path war = base.resolve(application.getName());
    application.as(ZipExporter.class).exportTo(war.toFile(), true);
    deployed.add(application.getName());
    return manage("deploy", application.getName(), "&war=" + war.toUri()).startsWith("OK");
  }

  @Override
  public void undeploy(String archive) throws Exception {
    if (deployed.remove(archive)) {
      String answer = manage("undeploy", archive, "");
      if (!answer.startsWith("OK")) {
        throw new IOException(answer);
      }
    }
  }

  private String manage(String command, String archive, String more) throws IOException {
    String query = "?path=/" + archive.replace(".war", "") + more;
    return RawHttp.get(port, "/manager/text/" + command + query, MANAGER).body();
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
