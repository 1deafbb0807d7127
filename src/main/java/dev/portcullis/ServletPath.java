/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The decoded path inside the application, as the container tells it and as it can be read besides:
 * from the request line, and from the mapping that led to the servlet (Servlet 6.0 sections 3.5 and
 * 12.2). Containers have let a caller drive these apart; then nobody knows which servlet a rule is
 * asked about, and there is no path.
 */
final class ServletPath {

  /** What stands for a path that can be read in several ways. */
  static final String AMBIGUOUS = "";

  private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.{1,2}(?:/|$)");
  private static final Pattern SLASHES = Pattern.compile("/{2,}");

  private ServletPath() {}

  /** The path; of an include that of the included resource. */
  static String of(HttpServletRequest request, String contextPath) {
    if (request.getDispatcherType() == DispatcherType.INCLUDE
        && request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH) instanceof String path) {
      Object info = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
      return joined(path, info instanceof String rest ? rest : null);
    }
    try {
      String path = joined(request.getServletPath(), request.getPathInfo());
      // Where the application has led a request since is its own doing, not the caller's.
      boolean isLed = request.getDispatcherType() != DispatcherType.REQUEST;
      return isLed || (isAskedFor(path, request, contextPath) && isMapped(path, request))
          ? path
          : AMBIGUOUS;
    } catch (IllegalArgumentException e) {
      return AMBIGUOUS; // how Jetty tells it
    }
  }

  private static String joined(String servletPath, @Nullable String pathInfo) {
    if (!isEmptyOrPath(servletPath)) {
      return AMBIGUOUS;
    }
    if (pathInfo == null || pathInfo.isEmpty()) {
      return servletPath.isEmpty() ? "/" : servletPath;
    }
    return isEmptyOrPath(pathInfo) ? servletPath + pathInfo : AMBIGUOUS;
  }

  private static boolean isEmptyOrPath(String path) {
    return path.isEmpty() || path.charAt(0) == '/';
  }

  /** Whether the request line names the path. */
  private static boolean isAskedFor(String path, HttpServletRequest request, String contextPath) {
    String uri = request.getRequestURI();
    return isLiteral(uri, contextPath, path)
        || isReadAs(path, uri, contextPath, StandardCharsets.UTF_8)
        || isReadAs(path, uri, request.getContextPath(), StandardCharsets.UTF_8)
        || isReadAs(path, uri, contextPath, StandardCharsets.ISO_8859_1); // Tomcat's URIEncoding
  }

  /** Almost always. */
  private static boolean isLiteral(String uri, String contextPath, String path) {
    return uri.length() == contextPath.length() + path.length()
        && uri.startsWith(contextPath)
        && uri.endsWith(path)
        && uri.indexOf('%') < 0
        && uri.indexOf(';') < 0
        && !uri.contains("/.");
  }

  /** An application itself has a slash that is not asked for, a folder has its welcome file. */
  private static boolean isReadAs(
      String path, String uri, @Nullable String contextPath, Charset charset) {
    if (contextPath == null || DOT_SEGMENT.matcher(path).find()) {
      return false;
    }
    String asked = canonical(uri, charset);
    String mount = contextPath.isEmpty() ? "" : canonical(contextPath, charset);
    String told = mount + SLASHES.matcher(path).replaceAll("/");
    return asked.equals(told)
        || (path.equals("/") && asked.equals(mount))
        || (asked.endsWith("/") && told.startsWith(asked));
  }

  /** Without parameters, decoded, without dot segments and empty ones. */
  private static String canonical(String path, Charset charset) {
    String[] segments = path.split("/", -1);
    Deque<String> kept = new ArrayDeque<>();
    String last = "";
    for (String segment : segments) {
      last = decoded(segment.split(";", 2)[0], charset);
      if (last.equals("..")) {
        kept.pollLast();
      } else if (!last.isEmpty() && !last.equals(".")) {
        kept.addLast(last);
      }
    }
    boolean isFolder = last.isEmpty() || last.equals(".") || last.equals("..");
    return "/" + String.join("/", kept) + (isFolder && !kept.isEmpty() ? "/" : "");
  }

  /** A plus sign is none of a form's. */
  private static String decoded(String segment, Charset charset) {
    return segment.indexOf('%') < 0
        ? segment
        : URLDecoder.decode(segment.replace("+", "%2B"), charset);
  }

  /** Whether the servlet's pattern covers the path, as far as the container tells it. */
  private static boolean isMapped(String path, HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    if (mapping == null || mapping.getMappingMatch() == null || mapping.getPattern() == null) {
      return true;
    }
    String pattern = mapping.getPattern();
    return switch (mapping.getMappingMatch()) {
      case EXACT -> path.equals(pattern);
      case PATH -> !pattern.endsWith("/*") || isBelow(path, pattern);
      case EXTENSION -> !pattern.startsWith("*.") || path.endsWith(pattern.substring(1));
      case CONTEXT_ROOT, DEFAULT -> true;
    };
  }

  private static boolean isBelow(String path, String pattern) {
    String prefix = pattern.substring(0, pattern.length() - 2);
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
