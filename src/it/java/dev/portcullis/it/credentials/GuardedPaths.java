/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import dev.portcullis.it.AuditFile;
import dev.portcullis.it.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ClassLoaderAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A web application with the JAR as packaged and a filter for each of its paths, with settings and
 * an audit trail of its own. Not thread-safe.
 */
final class GuardedPaths {

  private static final String SERVLET = "dev/portcullis/it/webapp/EchoServlet.class";

  private final Path folder;
  private final Map<String, Map<String, String>> filters = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  GuardedPaths() throws IOException {
    folder = Files.createTempDirectory(Path.of("target"), "audit-").toAbsolutePath();
  }

  /** Two paths for each of those ways to authenticate, right and wrong, and the public keys. */
  static GuardedPaths of(RealServer server, Set<Credentials> supported) throws Exception {
    GuardedPaths paths = new GuardedPaths();
    for (Credentials credentials : supported) {
      paths.guard(credentials.path(true), credentials.settings(server, true));
      paths.guard(credentials.path(false), credentials.settings(server, false));
    }
    Identities identities = Identities.shared();
    paths.offer(Registrations.REGISTERED_FILE, identities.client().jwkSet());
    paths.offer(Registrations.SELF_SIGNED_FILE, identities.selfSigned().jwkSet());
    return paths;
  }

  /** Adds a path, guarded by a filter with those settings. */
  void guard(String name, Map<String, String> settings) {
    Map<String, String> complete = new TreeMap<>(settings);
    complete.put("audit.sinks", "file");
    complete.put("audit.file", audit(name).path().toString());
    filters.put(name, complete);
  }

  /** Adds a file that everybody may fetch. */
  void offer(String path, String content) {
    files.put(path, content);
  }

  /** The audit trail of the filter of that path. */
  AuditFile audit(String name) {
    return new AuditFile(folder.resolve(name + ".json"));
  }

  /** The archive. */
  WebArchive war() {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, Site.WAR)
            .addAsLibrary(Path.of(System.getProperty("portcullis.jar")).toFile())
            .addAsWebInfResource(new ClassLoaderAsset(SERVLET), "classes/" + SERVLET)
            .setWebXML(new StringAsset(webXml()));
    files.forEach((path, content) -> war.addAsWebResource(new StringAsset(content), path));
    return war;
  }

  private String webXml() {
    StringBuilder xml = new StringBuilder();
    xml.append("<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>\n");
    filters.forEach(
        (name, settings) -> {
          xml.append("<filter><filter-name>%s</filter-name>\n".formatted(name));
          xml.append("<filter-class>dev.portcullis.ResourceServerFilter</filter-class>\n");
          settings.forEach((key, value) -> xml.append(parameter(key, value)));
          xml.append("</filter>\n<filter-mapping><filter-name>%s</filter-name>".formatted(name));
          xml.append("<url-pattern>/%s/*</url-pattern></filter-mapping>\n".formatted(name));
        });
    xml.append("<servlet><servlet-name>echo</servlet-name><servlet-class>");
    xml.append(SERVLET.replace(".class", "").replace('/', '.')).append("</servlet-class>");
    xml.append("</servlet>\n<servlet-mapping><servlet-name>echo</servlet-name>\n");
    filters.keySet().forEach(name -> xml.append("<url-pattern>/" + name + "/*</url-pattern>\n"));
    return xml.append("</servlet-mapping></web-app>\n").toString();
  }

  private static String parameter(String key, String value) {
    return "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>%n"
        .formatted(key, value.replace("&", "&amp;").replace("<", "&lt;"));
  }
}
