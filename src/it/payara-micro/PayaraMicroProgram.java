/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */

import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A Payara Micro that takes orders: "deploy name file" and "undeploy name", one a line. The end of
 * its input is its own.
 */
public final class PayaraMicroProgram {

  private PayaraMicroProgram() {}

  /** Arguments: port, folder. */
  public static void main(String[] arguments) throws Exception {
    PayaraMicroRuntime server =
        PayaraMicro.getInstance()
            .setNoCluster(true)
            .setPrintLogo(false)
            .setHttpPort(Integer.parseInt(arguments[0]))
            .setRootDir(new File(arguments[1]))
            .bootStrap();
    say("started");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      say((isDone(server, line.split(" ")) ? "done: " : "failed: ") + line);
    }
    System.exit(0);
  }

  private static boolean isDone(PayaraMicroRuntime server, String[] order) {
    try {
      if (order[0].equals("deploy")) {
        return server.deploy(order[1], order[1], new File(order[2]))
            && server.getDeployedApplicationNames().contains(order[1]);
      }
      server.undeploy(order[1]);
      return true;
    } catch (RuntimeException e) {
      e.printStackTrace();
      return false;
    }
  }

  private static void say(String line) {
    System.out.println(System.lineSeparator() + line);
    System.out.flush();
  }
}
