/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A web application with nothing in it but the JAR as packaged, a {@code web.xml} and two files:
 * {@value #OPEN}, and {@value #GUARDED} behind the filter.
 */
public final class GuardedWebapp {
  /** A file that the filter is not mapped to. */
  public static final String OPEN = "open.txt";

  /** A file behind the filter. */
  public static final String GUARDED = "guarded/file.txt";

  private GuardedWebapp() {}

  /** The application, its filter set up by the given init-params. */
  public static WebArchive war(String name, Map<String, String> settings) {
    return ShrinkWrap.create(WebArchive.class, name)
        .addAsLibrary(Path.of(System.getProperty("portcullis.jar")).toFile())
        .addAsWebResource(new StringAsset("open"), OPEN)
        .addAsWebResource(new StringAsset("guarded"), GUARDED)
        .addAsWebInfResource(new StringAsset(TOMCAT_WEB_XML), "tomcat-web.xml")
        .setWebXML(new StringAsset(webXml(settings)));
  }

  private static String webXml(Map<String, String> settings) {
    StringBuilder params = new StringBuilder();
    settings.forEach((key, value) -> params.append(INIT_PARAM.formatted(key, value)));
    return WEB_XML.formatted(params);
  }

  private static final String INIT_PARAM =
      "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>\n";

  private static final String WEB_XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <filter>
          <filter-name>portcullis</filter-name>
          <filter-class>dev.portcullis.ResourceServerFilter</filter-class>
          <async-supported>true</async-supported>
          %s
        </filter>
        <filter-mapping>
          <filter-name>portcullis</filter-name>
          <url-pattern>/guarded/*</url-pattern>
        </filter-mapping>
      </web-app>
      """;

  /** Embedded Tomcat has no compiler for JSP, and at length complains that it finds none. */
  private static final String TOMCAT_WEB_XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
        <servlet>
          <servlet-name>jsp</servlet-name>
          <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
          <enabled>false</enabled>
        </servlet>
      </web-app>
      """;
}
