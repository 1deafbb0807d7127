/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.SmokeCheck;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged JAR in Tomcat; run twice, with Tomcat 10.1 and with Tomcat 11. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TomcatSmokeIT {
  @Deployment(testable = false)
  static WebArchive webapp() {
    return GuardedWebapp.war("guarded.war", SmokeCheck.SETTINGS);
  }

  @Test
  void tomcat_isTheOneAskedFor() throws ClassNotFoundException {
    Package tomcat = Class.forName("org.apache.catalina.startup.Tomcat").getPackage();

    assertEquals(System.getProperty("tomcat.version"), tomcat.getImplementationVersion());
  }

  @Test
  void requestWithoutToken_isRefused(@ArquillianResource URL base) throws Exception {
    SmokeCheck.run(base.toURI());
  }
}
