/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.authserver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/**
 * The authorization server of the sample: Spring Authorization Server as Spring Boot sets it up.
 * Its clients stand in {@code application.yaml}; it has no users, only clients that act for
 * themselves (RFC 6749 §4.4).
 */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class AuthorizationServer {

  public static void main(String[] args) {
    if (Boolean.getBoolean("exit-with-parent")) {
      ProcessHandle.current().parent().ifPresent(AuthorizationServer::exitWith);
    }
    SpringApplication.run(AuthorizationServer.class, args);
  }

  /** Makes sure that the server is not left behind, even when its launcher is killed. */
  private static void exitWith(ProcessHandle launcher) {
    launcher.onExit().thenRun(() -> System.exit(0));
  }
}
