/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** GlassFish, whose administration takes applications over HTTP. */
final class GlassFishServer extends DistributedServer {

  private static final String DOMAIN = "domain1";
  private static final String APPLICATIONS = "/management/domain/applications/application";

  private final String line;
  private final int adminPort;
  private final HttpClient client = HttpClient.newHttpClient();

  private GlassFishServer(String line, Path base, int port, int adminPort, ServerProcess process) {
    super(base, port, process);
    this.line = line;
    this.adminPort = adminPort;
  }

  /**
   * Starts it.
   *
   * @param line its line of versions, as in the names of the system properties that tell of it
   * @param java home of its Java
   */
  static GlassFishServer start(String line, Path java) throws Exception {
    Path home = home("glassfish" + line + ".home").resolve("glassfish");
    Path base = newBase("glassfish");
    copy(home.resolve("domains").resolve(DOMAIN), base.resolve(DOMAIN));
    int port = FreePort.find();
    int adminPort = FreePort.find();
    Path configuration = base.resolve(DOMAIN).resolve("config").resolve("domain.xml");
    Files.writeString(configuration, onLoopback(Files.readString(configuration), port, adminPort));
    ProcessBuilder command =
        new ProcessBuilder(
            home.resolve("bin").resolve("asadmin").toString(),
            "start-domain",
            "--domaindir",
            base.toString(),
            "--verbose",
            DOMAIN);
    command.environment().put("AS_JAVA", java.toString());
    command.environment().put("JAVA_HOME", java.toString());
    GlassFishServer server =
        new GlassFishServer(
            line, base, port, adminPort, ServerProcess.start(command, "glassfish" + line));
    server.await("The administration is not there", server::isAdministered);
    return server;
  }

  /** Every port its own, and none of them for others. */
  private static String onLoopback(String domain, int port, int adminPort) {
    String ports =
        domain
            .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
            .replace(" port=\"8080\"", " address=\"127.0.0.1\" port=\"" + port + "\"")
            .replace(" port=\"4848\"", " address=\"127.0.0.1\" port=\"" + adminPort + "\"")
            .replace(" port=\"8181\"", " address=\"127.0.0.1\" port=\"" + FreePort.find() + "\"");
    return Pattern.compile("port=\"(3700|3820|3920|8686)\"")
        .matcher(ports)
        .replaceAll(found -> "port=\"" + FreePort.find() + "\"");
  }

  @Override
  public String version() {
    return System.getProperty("glassfish" + line + ".version");
  }

  @Override
  public boolean deploy(WebArchive archive) throws Exception {
    String name = application(archive.getName());
    String form =
        "force=true&name=%1$s&contextroot=%1$s&id=%2$s"
            .formatted(name, URLEncoder.encode(write(archive).toString(), StandardCharsets.UTF_8));
    return send(administration("")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)))
            .statusCode()
        == 200;
  }

  @Override
  public void undeploy(String archive) throws Exception {
    send(administration("/" + application(archive)).DELETE());
  }

  private boolean isAdministered() throws Exception {
    try {
      return send(administration("").GET()).statusCode() == 200;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private HttpRequest.Builder administration(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + APPLICATIONS + path))
        .header("X-Requested-By", "tests")
        .header("Accept", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
