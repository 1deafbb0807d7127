/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.FreePort;
import dev.portcullis.it.credentials.ServerProcess;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Payara Micro, started by a program that takes orders on its standard input, since by itself it
 * takes no application while it runs.
 */
final class PayaraMicroServer extends DistributedServer {

  private static final Path PROGRAM =
      Path.of("src", "it", "payara-micro", "PayaraMicroProgram.java").toAbsolutePath();

  private final BufferedWriter orders;
  private final Set<String> deployed = new TreeSet<>();

  private PayaraMicroServer(Path base, int port, ServerProcess process) {
    super(base, port, process);
    this.orders = process.process().outputWriter();
  }

  /** Starts it. */
  static PayaraMicroServer start() throws Exception {
    Path jar = home("payara-micro.jar");
    Path base = newBase("payara-micro");
    Path root = Files.createDirectory(base.resolve("root"));
    int port = FreePort.find();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true"));
    command.addAll(wideOpen(jar));
    command.addAll(List.of("-cp", jar + File.pathSeparator + compiled(jar, base)));
    command.add("PayaraMicroProgram");
    command.addAll(List.of(Integer.toString(port), root.toString()));
    PayaraMicroServer server =
        new PayaraMicroServer(
            base, port, ServerProcess.start(new ProcessBuilder(command), "payara-micro"));
    server.awaitLog(0, "(?m)^started$");
    return server;
  }

  private static Path compiled(Path jar, Path base) throws IOException {
    Path classes = Files.createDirectory(base.resolve("program"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                jar.toString(),
                "-d",
                classes.toString(),
                PROGRAM.toString());
    if (result != 0) {
      throw new IllegalStateException(PROGRAM.toString());
    }
    return classes;
  }

  /** What its manifest asks for, which counts only where it is the program itself. */
  private static List<String> wideOpen(Path jar) throws IOException {
    List<String> options = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes manifest = file.getManifest().getMainAttributes();
      for (String name : manifest.getValue("Add-Opens").split(" ")) {
        options.add("--add-opens=" + name + "=ALL-UNNAMED");
      }
      for (String name : manifest.getValue("Add-Exports").split(" ")) {
        options.add("--add-exports=" + name + "=ALL-UNNAMED");
      }
    }
    return options;
  }

  @Override
  public String version() {
    return System.getProperty("payara-micro.version");
  }

  @Override
  public boolean deploy(WebArchive archive) throws Exception {
    undeploy(archive.getName());
    String name = application(archive.getName());
    Path file = write(archive);
    boolean isDone = order("deploy " + name + " " + file);
    deployed.add(name);
    return isDone;
  }

  @Override
  public void undeploy(String archive) throws Exception {
    String name = application(archive);
    if (deployed.remove(name)) {
      order("undeploy " + name);
    }
  }

  private boolean order(String order) throws Exception {
    int before = log().length();
    orders.write(order);
    orders.newLine();
    orders.flush();
    return awaitLog(before, "(?m)^(done|failed): .*$").startsWith("done");
  }
}
