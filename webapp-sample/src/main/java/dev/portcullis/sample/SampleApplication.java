/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample;

import dev.portcullis.sample.demo.AuditTailServlet;
import dev.portcullis.sample.demo.DemoServlet;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;

/** Puts the sample together when the container starts it. */
public final class SampleApplication implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    OrderBook book = new OrderBook();
    register(context, "/api/orders", new OrdersServlet(book));
    register(context, "/api/admin/orders", new OrdersAdminServlet(book));
    register(context, "/api/me", new MeServlet());

    // For the page only; an application of your own has nothing like it.
    register(context, "/demo/audit", new AuditTailServlet(auditFile()));
    register(context, "/demo/server", new DemoServlet());
  }

  private static void register(ServletContext context, String path, Servlet servlet) {
    ServletRegistration.Dynamic servlets = context.addServlet(path, servlet);
    servlets.addMapping(path);
    // Lets the filter in front give the thread back while it asks the authorization server.
    servlets.setAsyncSupported(true);
  }

  /** The very file that {@code portcullis.properties} names, from the same system property. */
  private static Path auditFile() {
    return Path.of(System.getProperty("sample.audit-file", "audit.json"));
  }
}
