/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import dev.portcullis.manual.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ClassLoaderAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A web application with the JAR as packaged in {@code WEB-INF/lib}, servlets and a WebSocket in
 * {@code WEB-INF/classes} and nothing else. Three filters guard it: one that asks the authorization
 * server about every request, and for the paths that this one excludes one that remembers answers
 * and one that lets nothing pass unrecorded.
 */
public final class GuardedWebapp {

  /** What the files say that need no token. */
  public static final String OPEN_TEXT = "open to all";

  /** One of these is in whatever the application answers. */
  public static final List<String> MARKS =
      List.of(OPEN_TEXT, "principal=", "the vault is open", "error page ", "data: ", "uploaded ");

  /** A file that needs no token. */
  public static final String OPEN = "/open.txt";

  /** A file below a prefix that needs no token. */
  public static final String PUBLIC = "/public/page.txt";

  /** Leads to other places of the application and needs no token. */
  public static final String DISPATCH = "/dispatch";

  /** Needs {@code orders:read}; echoes who calls. */
  public static final String ECHO = "/guarded/echo";

  /** Needs {@code orders:write}. */
  public static final String WRITE = "/guarded/write";

  /** Needs {@code orders:write}, with all that is below; does not ask who calls. */
  public static final String VAULT = "/guarded/vault";

  /** As {@link #VAULT}, behind the filter that remembers answers. */
  public static final String CACHED_VAULT = "/cached/vault";

  /** Is for another client than any that there is. */
  public static final String PARTNERS = "/guarded/partners";

  /** Makes an error of the status that the query names; is the error page for it. */
  public static final String ERROR = "/guarded/error";

  /** A WebSocket, which tells who has opened it. */
  public static final String SOCKET = "/guarded/socket";

  /** Sends events one after the other. */
  public static final String EVENTS = "/guarded/events";

  /** Takes a form with a file. */
  public static final String UPLOAD = "/guarded/upload";

  /** As {@link #ECHO}, for callers in a role that only the container could know. */
  public static final String CONSTRAINED = "/guarded/constrained";

  /** As {@link #ECHO}, behind the filter that remembers answers. */
  public static final String CACHED = "/cached/echo";

  /** As {@link #ECHO}, behind the filter that refuses what cannot be recorded. */
  public static final String AUDITED = "/audited/echo";

  /** Ends as it is told, with all that is below; behind the filter that refuses as well. */
  public static final String ENDING = "/audited/ending";

  /** {@code http.overall-timeout} of all filters. */
  public static final Duration DEADLINE = Duration.ofSeconds(3);

  private static final String CLASSES = "dev/portcullis/it/webapp/";

  private final SpringAuthorizationServer server;
  private final Path directory;

  private GuardedWebapp(SpringAuthorizationServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /** An application that asks that server and records in files of its own. */
  public static GuardedWebapp asking(SpringAuthorizationServer server) throws IOException {
    Path directory = Files.createTempDirectory(Path.of("target"), "audit-").toAbsolutePath();
    Files.createDirectory(directory.resolve("strict"));
    return new GuardedWebapp(server, directory);
  }

  /** The authorization server that is asked. */
  public SpringAuthorizationServer server() {
    return server;
  }

  /** The audit trail of all paths but one. */
  public AuditFile audit() {
    return new AuditFile(directory.resolve("audit.json"));
  }

  /** The audit trail of {@link #AUDITED}, in a directory of its own. */
  public AuditFile strictAudit() {
    return new AuditFile(directory.resolve("strict").resolve("audit.json"));
  }

  /** The archive, for Jetty of that Jakarta EE version, with what the manual has it add. */
  public WebArchive jettyWar(String name, String edition) throws IOException {
    String webXml = resource("web.xml").getSource();
    return war(name)
        .setWebXML(new StringAsset(webXml.replace("<!--@websocket@-->", jettyFilter(edition))));
  }

  /** What the manual has an application in Jetty add to {@code web.xml}. */
  public static String jettyFilter(String edition) throws IOException {
    return Page.of("deployment.md").blocks("xml").stream()
        .filter(block -> block.contains("WebSocketUpgradeFilter"))
        .findFirst()
        .orElseThrow()
        .replace("ee10", edition);
  }

  /**
   * The archive for all containers: the same octets, but for what is asked for in addition.
   *
   * @param name its file name
   * @param parameters init-params of the filter that asks about every request
   */
  public WebArchive matrixWar(String name, String... parameters) throws IOException {
    WebArchive war = war(name);
    war.delete("/WEB-INF/tomcat-web.xml");
    addClass(war, "FailingSink");
    String webXml = resource("web.xml").getSource();
    return war.setWebXML(
        new StringAsset(webXml.replace("<!--@asking@-->", String.join("\n", parameters))));
  }

  /** An init-param in {@code web.xml}. */
  public static String parameter(String name, String value) {
    return "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
        .formatted(name, value);
  }

  /** The archive. */
  public WebArchive war(String name) throws IOException {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, name)
            .addAsLibrary(Path.of(System.getProperty("portcullis.jar")).toFile())
            .addAsWebResource(new StringAsset(OPEN_TEXT), OPEN)
            .addAsWebResource(new StringAsset(OPEN_TEXT), PUBLIC)
            .addAsWebInfResource(resource("portcullis.properties"), "portcullis.properties")
            .addAsWebInfResource(resource("tomcat-web.xml"), "tomcat-web.xml")
            .setWebXML(resource("web.xml"));
    // By name: loading them would take the Servlet API.
    for (String type :
        List.of(
            "EchoServlet",
            "VaultServlet",
            "ErrorServlet",
            "DispatchServlet",
            "EchoSocket",
            "EventServlet",
            "UploadServlet",
            "EndingServlet",
            "EndingServlet$AnswersTimeOut",
            "EndingServlet$Endless",
            "EndingServlet$ThrowingReader",
            "EndingServlet$ThrowingWriter")) {
      addClass(war, type);
    }
    return war;
  }

  private static void addClass(WebArchive war, String type) {
    String file = CLASSES + type + ".class";
    war.addAsWebInfResource(new ClassLoaderAsset(file), "classes/" + file);
  }

  private StringAsset resource(String name) throws IOException {
    try (InputStream text = GuardedWebapp.class.getResourceAsStream("/webapp/" + name)) {
      return new StringAsset(
          new String(text.readAllBytes(), StandardCharsets.UTF_8)
              .replace("@server.port@", Integer.toString(server.port()))
              .replace("@server.issuer@", server.issuer())
              .replace("@client.secret@", server.secret())
              .replace("@deadline@", Long.toString(DEADLINE.toMillis()))
              .replace("@audit@", audit().path().toString())
              .replace("@audit.strict@", strictAudit().path().toString()));
    }
  }
}
