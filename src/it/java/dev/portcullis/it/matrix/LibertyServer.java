/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Open Liberty, which looks for archives in its folder {@code dropins}. */
final class LibertyServer extends DistributedServer {

  private static final String NAME = "matrix";

  /** With a key store and a user, which the ORB of the whole platform wants before all else. */
  private static final String CONFIGURATION =
      """
      <server>
        <featureManager><feature>%1$s</feature></featureManager>
        <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%2$d" httpsPort="-1"/>
        <iiopEndpoint id="defaultIiopEndpoint" host="127.0.0.1" iiopPort="%3$d">
          <iiopsOptions iiopsPort="%4$d" sslRef="defaultSSLConfig"/>
        </iiopEndpoint>
        <keyStore id="defaultKeyStore" password="changeit"/>
        <basicRegistry><user name="nobody" password="%5$s"/></basicRegistry>
        <applicationMonitor pollingRate="500ms"/>
      </server>
      """;

  private LibertyServer(Path base, int port, ServerProcess process) {
    super(base, port, process);
  }

  /** Starts it with a feature. */
  static LibertyServer start(String feature) throws Exception {
    Path base = newBase("liberty");
    Path server = Files.createDirectories(base.resolve("servers").resolve(NAME));
    Files.createDirectory(server.resolve("dropins"));
    int port = FreePort.find();
    Files.writeString(
        server.resolve("server.xml"),
        CONFIGURATION.formatted(
            feature, port, FreePort.find(), FreePort.find(), UUID.randomUUID()));
    ProcessBuilder command =
        new ProcessBuilder(
            home("liberty.home").resolve("bin").resolve("server").toString(), "run", NAME);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("WLP_USER_DIR", base.toString());
    command
        .environment()
        .put("JVM_ARGS", "-Xmx512m -XX:+UseSerialGC -Dcom.sun.management.jmxremote");
    LibertyServer liberty = new LibertyServer(base, port, ServerProcess.start(command, "liberty"));
    liberty.awaitLog(0, "CWWKF0011I");
    return liberty;
  }

  @Override
  public String version() {
    return System.getProperty("liberty.version");
  }

  @Override
  public boolean deploy(WebArchive application) throws Exception {
    undeploy(application.getName());
    int before = log().length();
    move(write(application), dropins());
    return awaitLog(
            before, "CWWKZ000[1234][IE]: [^\\n]*\\b" + application(application.getName()) + "\\b")
        .contains("CWWKZ0001I");
  }

  @Override
  public void undeploy(String archive) throws Exception {
    int before = log().length();
    if (Files.deleteIfExists(dropins().resolve(archive))) {
      awaitLog(before, "CWWKZ00(09I|10E)[^\\n]*\\b" + application(archive) + "\\b");
    }
  }

  private Path dropins() {
    return base().resolve("servers").resolve(NAME).resolve("dropins");
  }
}
