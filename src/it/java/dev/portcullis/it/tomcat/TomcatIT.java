/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.ContainerContract;
import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.PathContract;
import dev.portcullis.it.Site;
import dev.portcullis.it.SpringAuthorizationServer;
import dev.portcullis.it.StreamContract;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged JAR in Tomcat; run twice, with Tomcat 10.1 and with Tomcat 11. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TomcatIT implements ContainerContract, PathContract, StreamContract {

  private static Site site;

  @Deployment(testable = false)
  static WebArchive webapp() throws IOException {
    GuardedWebapp webapp = GuardedWebapp.asking(SpringAuthorizationServer.shared());
    site = new Site(webapp, Integer.getInteger("tomcat.port"));
    return webapp.war(Site.WAR);
  }

  @Override
  public Site site() {
    return site;
  }

  @Override
  public String containerName() {
    return "tomcat-" + System.getProperty("tomcat.version");
  }

  @Test
  void container_isTheOneMeant() throws Exception {
    Package tomcat = Class.forName("org.apache.catalina.startup.Tomcat").getPackage();

    assertEquals(System.getProperty("tomcat.version"), tomcat.getImplementationVersion());
  }
}
