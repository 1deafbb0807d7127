/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.FreePort;
import dev.portcullis.manual.Page;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * nginx, where TLS ends, configured as the manual says but for ports and files; and the settings
 * that the manual gives for the filter behind it.
 *
 * @param port where it listens on the loopback interface
 * @param process the process
 */
record Nginx(int port, ServerProcess process) implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private static final String AROUND =
      """
      daemon off;
      worker_processes 1;
      pid %1$s/nginx.pid;
      events {}
      http {
      access_log off;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      %2$s
      }
      """;

  /** Starts it in front of a port. */
  static Nginx start(int port, int behind) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "nginx-").toAbsolutePath();
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, AROUND.formatted(folder, server(folder, port, behind)));
    ProcessBuilder command =
        new ProcessBuilder(
            "env", "nginx", "-e", "stderr", "-p", folder.toString(), "-c", file.toString());
    // In folders for administrators, or where the build unpacks it when there is none.
    Path unpacked = Path.of("target", "nginx", "usr", "sbin").toAbsolutePath();
    command
        .environment()
        .merge("PATH", "/usr/sbin:/usr/local/sbin:" + unpacked, (old, add) -> old + ":" + add);
    ServerProcess process = ServerProcess.start(command, "nginx");
    process.await(START_LIMIT, () -> !FreePort.isFree(port));
    return new Nginx(port, process);
  }

  /** What clients call the application. */
  static String baseUrl(int port) {
    return "https://127.0.0.1:" + port + "/shop";
  }

  /** What the manual sets for the filter. */
  static Map<String, String> settings(int port) throws IOException {
    String text = replaced(block("properties"), "https://shop.example.com/shop", baseUrl(port));
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    Map<String, String> settings = new TreeMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
    return settings;
  }

  private static String server(Path folder, int port, int behind) throws Exception {
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    Identities.shared().server().writePem(certificate, key);
    String text = replaced(block("nginx"), "listen 443 ssl", "listen 127.0.0.1:" + port + " ssl");
    text = replaced(text, "/etc/nginx/shop.crt", certificate.toString());
    text = replaced(text, "/etc/nginx/shop.key", key.toString());
    text = replaced(text, "shop.example.com", "127.0.0.1");
    return replaced(text, "http://127.0.0.1:8080/app/", "http://127.0.0.1:" + behind + "/app/");
  }

  private static String block(String language) {
    return Page.of("deployment.md").blocks(language).stream()
        .filter(block -> block.contains("shop.example.com"))
        .findFirst()
        .orElseThrow();
  }

  private static String replaced(String text, String old, String now) {
    if (!text.contains(old)) {
      throw new IllegalStateException(old + " is not in the manual");
    }
    return text.replace(old, now);
  }

  @Override
  public void close() {
    process.close();
  }
}
