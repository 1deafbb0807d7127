/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.forwarding.Forwarding;
import dev.portcullis.oauth.ResourceRequest;
import dev.portcullis.oauth.ResourceRequest.Connection;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a servlet request what takes part in a decision; touches neither parameters nor the
 * body. Immutable.
 */
final class RequestReader {

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  /** What stands for a request that could not be read, in its audit entry. */
  static final ResourceRequest UNREADABLE =
      new ResourceRequest(
          "",
          "",
          Optional.empty(),
          "",
          "",
          List.of(),
          List.of(),
          new Connection(false, "", "", "", -1, Optional.empty()));

  private final String contextPath;
  private final Forwarding forwarding;

  /**
   * Makes a reader.
   *
   * @param contextPath where the application is mounted; a request's own is as the caller spelt it
   * @param forwarding what trusted proxies say
   */
  RequestReader(String contextPath, Forwarding forwarding) {
    this.contextPath = contextPath;
    this.forwarding = forwarding;
  }

  ResourceRequest read(HttpServletRequest request) {
    return new ResourceRequest(
        Objects.requireNonNull(request.getMethod()),
        uri(request),
        Optional.ofNullable(request.getQueryString()),
        contextPath,
        ServletPath.of(request, contextPath),
        lines(request.getHeaders("Authorization")),
        lines(request.getHeaders("DPoP")),
        forwarding.connection(connection(request), name -> lines(request.getHeaders(name))));
  }

  /** What the client asked for, wherever the application has led the request since. */
  private static String uri(HttpServletRequest request) {
    DispatcherType type = request.getDispatcherType();
    if (type == DispatcherType.FORWARD) {
      return original(request, RequestDispatcher.FORWARD_REQUEST_URI);
    }
    return type == DispatcherType.ASYNC
        ? original(request, AsyncContext.ASYNC_REQUEST_URI)
        : request.getRequestURI();
  }

  /** There is none with a dispatch that leaves the path as it was. */
  private static String original(HttpServletRequest request, String attribute) {
    return request.getAttribute(attribute) instanceof String uri ? uri : request.getRequestURI();
  }

  private static Connection connection(HttpServletRequest request) {
    return new Connection(
        request.isSecure(),
        request.getRemoteAddr(),
        request.getScheme(),
        request.getServerName(),
        request.getServerPort(),
        certificate(request));
  }

  /** Almost always there is one line or none. */
  private static List<String> lines(@Nullable Enumeration<String> values) {
    if (values == null || !values.hasMoreElements()) {
      return List.of();
    }
    String first = values.nextElement();
    if (!values.hasMoreElements()) {
      return List.of(first);
    }
    List<String> lines = new ArrayList<>(List.of(first));
    values.asIterator().forEachRemaining(lines::add);
    return lines;
  }

  private static Optional<X509Certificate> certificate(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }
}
