/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class OrdersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Orders orders;
  @Inject private transient Injected injected;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    response.setContentType("text/plain;charset=utf-8");
    response
        .getWriter()
        .print(
            path == null
                ? orders.list()
                : path.equals("/tenant") ? orders.tenant() : injected.name(path.substring(1)));
  }
}
