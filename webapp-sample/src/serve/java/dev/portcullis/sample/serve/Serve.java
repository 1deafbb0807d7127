/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.serve;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Starts the authorization server and the sample, prints what to try, and runs until it is stopped:
 * by Ctrl-C, by SIGTERM, or because the Maven above it has ended. Whichever it is, both are
 * stopped.
 */
public final class Serve {

  private Serve() {}

  /** Arguments: port of the sample, port of the authorization server, build directory, its JAR. */
  public static void main(String[] args) {
    try {
      Ports ports = Ports.parse(args[0], args[1]);
      ports.requireFree();
      serve(ports, Path.of(args[2]), Path.of(args[3]));
    } catch (Exception e) {
      System.err.println();
      System.err.println("The sample does not start. " + e.getMessage());
      System.exit(1);
    }
  }

  private static void serve(Ports ports, Path target, Path authorizationServerJar)
      throws Exception {
    String secret = newSecret();
    Path auditFile = target.resolve("audit.json");
    Path log = target.resolve("authorization-server.log");

    // What the placeholders in portcullis.properties stand for.
    System.setProperty("sample.port", Integer.toString(ports.sample()));
    System.setProperty("sample.as-port", Integer.toString(ports.authorizationServer()));
    System.setProperty("sample.client-secret", secret);
    System.setProperty("sample.audit-file", auditFile.toString());

    AuthorizationServer authorizationServer =
        new AuthorizationServer(authorizationServerJar, ports.authorizationServer(), secret, log);
    SampleServer sample =
        new SampleServer(target.resolve("webapp-sample.war"), ports.sample(), target);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(sample, authorizationServer)));
    stopWithMaven();

    authorizationServer.start();
    sample.start(authorizationServer::interrupt);
    authorizationServer.awaitReady();
    authorizationServer.keepRunning();
    System.out.println(Instructions.text(ports, auditFile, log));
    sample.join();
  }

  private static void stop(SampleServer sample, AuthorizationServer authorizationServer) {
    authorizationServer.close();
    sample.close();
    System.out.println("Stopped the sample and its authorization server.");
  }

  /**
   * A signal may reach only the Maven that was started by hand, or it may be killed: then nobody
   * tells this process. So it watches the Java processes above itself, which is every Maven.
   */
  private static void stopWithMaven() {
    Optional<ProcessHandle> ancestor = ProcessHandle.current().parent();
    while (ancestor.isPresent()) {
      ProcessHandle process = ancestor.get();
      if (isJava(process)) {
        process.onExit().thenRun(() -> System.exit(0));
      }
      ancestor = process.parent();
    }
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().orElse("").matches(".*[/\\\\]java(\\.exe)?");
  }

  private static String newSecret() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
