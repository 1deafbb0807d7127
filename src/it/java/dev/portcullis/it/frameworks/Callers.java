/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.frameworks;

import dev.portcullis.it.Site;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Who calls the applications, and the settings of the filter in front of them.
 *
 * @param server knows the tokens of all callers
 */
public record Callers(TestingAuthorizationServer server) implements AutoCloseable {

  /** A user who is clerk and manager. */
  public static final String MANAGER = "manager";

  /** A user who is clerk. */
  public static final String CLERK = "clerk";

  /** A user whose token is for something else. */
  public static final String GUEST = "guest";

  /** A program that acts for itself. */
  public static final String PROGRAM = "program";

  /** A server that knows them. */
  public static Callers known() throws IOException {
    TestingAuthorizationServer server = TestingAuthorizationServer.plain();
    String user =
        "{\"active\":true,\"sub\":\"%s\",\"client_id\":\"shop\",\"scope\":\"%s\",\"roles\":%s,"
            + "\"tenant\":\"north\"}";
    server.token(MANAGER, user.formatted("alice", "orders:read", "[\"clerk\",\"manager\"]"));
    server.token(CLERK, user.formatted("bob", "orders:read", "[\"clerk\"]"));
    server.token(GUEST, user.formatted("carol", "news:read", "[\"manager\"]"));
    server.token(
        PROGRAM,
        "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"alice\",\"scope\":\"orders:read\"}");
    return new Callers(server);
  }

  /** Settings that let in whoever may read orders. */
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("as.introspection-endpoint", server.url("/introspect"));
    settings.put("as.secure", "false");
    settings.put("client.id", "shop");
    settings.put("client.secret", "secret");
    settings.put("require.scopes", "orders:read");
    settings.put("roles.attribute-name", "roles");
    settings.put("audit.sinks", "log");
    return settings;
  }

  /** What the build has made of an application. */
  static Path built(String project, String file) {
    return Path.of(System.getProperty("applications"), project, "target", file);
  }

  /** The archive that the build has made of an application, with the packaged JAR and settings. */
  public static WebArchive war(String project, Map<String, String> settings) {
    String properties =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + " = " + entry.getValue())
            .collect(Collectors.joining("\n"));
    return ShrinkWrap.create(ZipImporter.class, Site.WAR)
        .importFrom(built(project, project + ".war").toFile())
        .as(WebArchive.class)
        .addAsLibrary(Path.of(System.getProperty("portcullis.jar")).toFile())
        .addAsWebInfResource(new StringAsset(properties), "portcullis.properties");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
