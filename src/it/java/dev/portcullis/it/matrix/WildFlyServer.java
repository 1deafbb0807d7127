/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WildFly, which looks for archives in a folder and leaves a marker file beside each. */
final class WildFlyServer extends DistributedServer {

  private WildFlyServer(Path base, int port, ServerProcess process) {
    super(base, port, process);
  }

  /** Starts it. */
  static WildFlyServer start() throws Exception {
    Path home = home("wildfly.home");
    Path base = newBase("wildfly");
    copy(home.resolve("standalone"), base);
    Path configuration = base.resolve("configuration").resolve("standalone.xml");
    Files.writeString(
        configuration,
        Files.readString(configuration).replace("scan-interval=\"5000\"", "scan-interval=\"500\""));
    int port = FreePort.find();
    ProcessBuilder command =
        new ProcessBuilder(
            home.resolve("bin").resolve("standalone.sh").toString(),
            "-b=127.0.0.1",
            "-bmanagement=127.0.0.1",
            "-Djboss.server.base.dir=" + base,
            "-Djboss.http.port=" + port,
            "-Djboss.https.port=" + FreePort.find(),
            "-Djboss.management.http.port=" + FreePort.find());
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command
        .environment()
        .put("JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC -Djava.net.preferIPv4Stack=true");
    WildFlyServer server = new WildFlyServer(base, port, ServerProcess.start(command, "wildfly"));
    server.awaitLog(0, "WFLYSRV002[56]");
    return server;
  }

  @Override
  public String version() {
    return System.getProperty("wildfly.version");
  }

  @Override
  public boolean deploy(WebArchive application) throws Exception {
    undeploy(application.getName());
    Path file = move(write(application), deployments());
    Path deployed = marker(file, "deployed");
    await(
        file + " is not deployed",
        () -> Files.exists(deployed) || Files.exists(marker(file, "failed")));
    return Files.exists(deployed);
  }

  @Override
  public void undeploy(String archive) throws Exception {
    Path file = deployments().resolve(archive);
    if (Files.deleteIfExists(marker(file, "deployed"))) {
      await(file + " is not undeployed", () -> Files.exists(marker(file, "undeployed")));
    }
    Files.deleteIfExists(file);
    Files.deleteIfExists(marker(file, "undeployed"));
    Files.deleteIfExists(marker(file, "failed"));
  }

  private Path deployments() {
    return base().resolve("deployments");
  }

  private static Path marker(Path file, String state) {
    return file.resolveSibling(file.getFileName() + "." + state);
  }
}
