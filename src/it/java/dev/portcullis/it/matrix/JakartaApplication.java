/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.frameworks.Callers;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.FileAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The application about orders by Jakarta REST, CDI and Jakarta Pages, with no library but the JAR:
 * the server brings them. It is compiled against the interfaces that WildFly brings, once.
 */
final class JakartaApplication {

  private static final Path SOURCES = Path.of("src", "it", "applications");
  private static final Path CLASSES = Path.of("target", "jakarta-ee").toAbsolutePath();

  private static final String PAGE =
      """
      <%@page contentType="text/plain" session="false"%>page for <%= request.getRemoteUser() %>\
      """;

  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <!-- In WildFly: that @RolesAllowed means something. -->
        <context-param>
          <param-name>resteasy.role.based.security</param-name>
          <param-value>true</param-value>
        </context-param>
        <filter>
          <filter-name>portcullis</filter-name>
          <filter-class>dev.portcullis.ResourceServerFilter</filter-class>
          <async-supported>true</async-supported>
          <init-param>
            <param-name>config-file</param-name>
            <param-value>/WEB-INF/portcullis.properties</param-value>
          </init-param>
        </filter>
        <filter-mapping>
          <filter-name>portcullis</filter-name>
          <url-pattern>/*</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>ASYNC</dispatcher>
          <dispatcher>FORWARD</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
          <dispatcher>ERROR</dispatcher>
        </filter-mapping>
      </web-app>
      """;

  private JakartaApplication() {}

  static WebArchive war(String name, Callers callers) throws IOException {
    compile();
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, name)
            .addAsLibrary(Path.of(System.getProperty("portcullis.jar")).toFile())
            .addAsWebResource(new StringAsset(PAGE), "page.jsp")
            .addAsWebInfResource(
                new StringAsset("<beans bean-discovery-mode=\"all\"/>"), "beans.xml")
            .addAsWebInfResource(
                new StringAsset(
                    callers.settings().entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .collect(Collectors.joining("\n"))),
                "portcullis.properties")
            .setWebXML(new StringAsset(WEB_XML));
    for (Path file : files(CLASSES, ".class")) {
      String path = "classes/" + CLASSES.relativize(file).toString().replace('\\', '/');
      war.addAsWebInfResource(new FileAsset(file.toFile()), path);
    }
    return war;
  }

  private static void compile() throws IOException {
    Files.createDirectories(CLASSES);
    String interfaces =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("portcullis.jar"))),
                files(
                    DistributedServer.home("wildfly.home")
                        .resolve(Path.of("modules", "system", "layers", "base", "jakarta")),
                    ".jar")
                    .stream())
            .map(Path::toString)
            .collect(Collectors.joining(System.getProperty("path.separator")));
    Path orders =
        SOURCES.resolve("jakarta-rest/src/main/java/com/example/orders/OrdersResource.java");
    List<Path> sources =
        Stream.concat(Stream.of(orders), files(SOURCES.resolve("jakarta-ee"), ".java").stream())
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("--release", "17", "-proc:none", "-cp", interfaces, "-d", CLASSES.toString());
      if (!compiler
          .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call()) {
        throw new IllegalStateException(said.toString());
      }
    }
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }
}
