/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.it.GuardedWebapp;
import dev.portcullis.it.Polling;
import dev.portcullis.it.Site;
import dev.portcullis.it.SpringAuthorizationServer;
import dev.portcullis.it.SpringAuthorizationServer.TokenClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left in Tomcat of an application that was undeployed. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TomcatUndeployIT {

  private static final String APPLICATION = "guarded";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

  /** Serve requests and look after applications, each for a moment as if it were of one. */
  private static final Pattern TOMCATS = Pattern.compile("(http-nio|Catalina-utility)-");

  private static final Pattern TOMCATS_REPORTED =
      Pattern.compile("a thread named \\[" + TOMCATS + "|still processing a request");

  private static GuardedWebapp webapp;

  @Deployment(name = APPLICATION, managed = false, testable = false)
  static WebArchive webapp() throws IOException {
    webapp = GuardedWebapp.asking(SpringAuthorizationServer.shared());
    return webapp.war(Site.WAR);
  }

  @Test
  @DisplayName("No thread, no bean, no class loader is left (HTTP-21)")
  void undeployedApplication_leavesNothing(@ArquillianResource Deployer deployer) throws Exception {
    LeakReports reports = new LeakReports();
    deployer.deploy(APPLICATION);
    use(new Site(webapp, Integer.getInteger("tomcat.port")));
    assertFalse(threads().isEmpty());
    assertFalse(beans().isEmpty());

    deployer.undeploy(APPLICATION);

    awaitNone("threads", TomcatUndeployIT::threads);
    assertEquals(Set.of(), beans());
    assertEquals(List.of(), reports.records());
    awaitNone("class loaders", TomcatUndeployIT::leakedApplications);
  }

  /** So that everything is in use that a filter may have. */
  private static void use(Site site) throws Exception {
    String token = site.server().token(TokenClient.OPAQUE, "orders:read");
    for (String path : List.of(GuardedWebapp.ECHO, GuardedWebapp.CACHED, GuardedWebapp.AUDITED)) {
      assertEquals(200, site.getWith(token, path).status());
      assertEquals(401, site.getWith("unknown", path).status());
    }
  }

  /** Those that the filters started, by their names, and those that belong to the application. */
  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ClassLoader loader = thread.getContextClassLoader();
      boolean isOfWebapp = loader != null && loader.toString().contains("context: app");
      boolean isTomcats = TOMCATS.matcher(thread.getName()).lookingAt();
      if (thread.getName().startsWith("portcullis") || (isOfWebapp && !isTomcats)) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  private static Set<ObjectName> beans() throws Exception {
    return BEANS.queryNames(new ObjectName("dev.portcullis:*"), null);
  }

  /** As Tomcat's manager finds them: stopped, and yet not collected. */
  private static Set<String> leakedApplications() throws Exception {
    Set<String> leaked = new TreeSet<>();
    Set<ObjectName> hosts = BEANS.queryNames(new ObjectName("*:type=Host,*"), null);
    assertEquals(1, hosts.size(), hosts::toString);
    for (ObjectName host : hosts) {
      Object found = BEANS.invoke(host, "findReloadedContextMemoryLeaks", null, null);
      leaked.addAll(List.of((String[]) found));
    }
    return leaked;
  }

  private static <T> void awaitNone(String what, Callable<Set<T>> search) throws Exception {
    Polling.await(
        PATIENCE,
        () -> what + " are left",
        () -> {
          Set<T> left = search.call();
          return left.isEmpty() ? Optional.of(left) : Optional.empty();
        });
  }

  /** What Tomcat complains of when it stops an application. */
  private static final class LeakReports extends Handler {

    private final Queue<String> records = new ConcurrentLinkedQueue<>();
    private final Logger logger =
        Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

    LeakReports() {
      logger.addHandler(this);
    }

    List<String> records() {
      logger.removeHandler(this);
      return List.copyOf(records);
    }

    @Override
    public void publish(LogRecord entry) {
      boolean isOfTomcats = TOMCATS_REPORTED.matcher(entry.getMessage()).find();
      if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !isOfTomcats) {
        records.add(entry.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
