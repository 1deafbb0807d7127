/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.Stub;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServletPathTest {

  private final Stub<HttpServletMapping> mapping = Stub.of(HttpServletMapping.class);
  private final Stub<HttpServletRequest> request =
      Stub.of(HttpServletRequest.class)
          .with("getDispatcherType", DispatcherType.REQUEST)
          .with("getContextPath", "/app")
          .with("getHttpServletMapping", mapping.object());

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "/app/a/b,                 /a/b,          null",
        "/app/a/b,                 /a/b,          ''",
        "/app/a/b,                 /a,            /b",
        "/app/a/b,                 '',            /a/b",
        "/app/,                    '',            /",
        "/app/,                    '',            null",
        "/app/,                    /,             null",
        "/app,                     '',            null",
        "/app,                     /,             null",
        "/app/a%20b,               /a b,          null",
        "/app/a+b,                 /a+b,          null",
        "/app/a%2bb,               /a+b,          null",
        "/app/a%25b,               /a%b,          null",
        "/app/caf%c3%a9,           /café,         null",
        "/app/%67uarded,           /guarded,      null",
        "/%61pp/a,                 /a,            null",
        "/app/a;v=1/b;w,           /a/b,          null",
        "/app;v=1/a,               /a,            null",
        "/app/a;jsessionid=1,      /a,            null",
        "/app/a%3bb,               /a;b,          null",
        "/app/./a,                 /a,            null",
        "/app/x/../a,              /a,            null",
        "/x/../app/a,              /a,            null",
        "/app/a/x/..,              /a/,           null",
        "/app//a,                  /a,            null",
        "/app//a,                  //a,           null",
        "/app/a//b,                /a,            //b",
        "/app/.well-known/x,       /.well-known/x,null",
        "/app/a/..b,               /a/..b,        null",
        "/app/folder/,             /folder/index.html, null",
        "/app/,                    /index.jsp,    null",
      })
  @DisplayName("The readings agree: the path is what the container says")
  void readingsThatAgree_areThePath(String uri, String servletPath, String pathInfo) {
    String told = servletPath + (pathInfo == null ? "" : pathInfo);

    assertEquals(told.isEmpty() ? "/" : told, path(uri, servletPath, pathInfo));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "/app/guarded/vault;x=/../../123456/vault, /guarded, vault",
        "/app/a/b,                 /a,            b",
        "/app/a/b,                 a,             /b",
        "/app/a,                   /b,            null",
        "/app/a/b,                 /a,            null",
        "/app/a,                   /a/,           null",
        "/app/a/,                  /a,            null",
        "/app/a,                   /a/index.html, null",
        "/app/a;v=1/b,             /a;v=1/b,      null",
        "/app/a;/b,                /a,            null",
        "/app/%67uarded,           /%67uarded,    null",
        "/app/a%2562,              /ab,           null",
        "/app/x/../a,              /x/../a,       null",
        "/app/x/..,                /x/..,         null",
        "/app/./a,                 /./a,          null",
        "/app/,                    /../b,         null",
        "/other/a,                 /a,            null",
        "/APP/a,                   /a,            null",
        "/app/A,                   /a,            null",
        "/a,                       /a,            null",
        "*,                        '',            null",
      })
  @DisplayName("Finding 4: the readings do not agree, and there is no path")
  void readingsThatDiffer_areNoPath(String uri, String servletPath, String pathInfo) {
    assertEquals(ServletPath.AMBIGUOUS, path(uri, servletPath, pathInfo));
  }

  @Test
  @DisplayName("Another filter may mount the application elsewhere, as Spring's does for proxies")
  void contextPathOfRequest_counts() {
    request.with("getContextPath", "/api");
    assertEquals("/a", path("/api/a", "/a", null));
    assertEquals("/a", path("/app/a", "/a", null));
    request.with("getContextPath", (Object) null);
    assertEquals(ServletPath.AMBIGUOUS, path("/api/a", "/a", null));
  }

  @Test
  void octetsThatTheContainerReadsAsLatin_areThePath() {
    assertEquals("/cafÃ©", path("/app/caf%c3%a9", "/cafÃ©", null));
  }

  @Test
  void rootApplication_hasNoMount() {
    assertEquals("/a", ServletPath.of(asked("/a", "/a", null), ""));
    assertEquals("/a b", ServletPath.of(asked("/a%20b", "/a b", null), ""));
    assertEquals("/", ServletPath.of(asked("/", "", null), ""));
    assertEquals(ServletPath.AMBIGUOUS, ServletPath.of(asked("/app/a", "/b", null), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT, /a/b, /a/b",
    "PATH, /a/*, /a/b",
    "PATH, /a/b/*, /a/b",
    "PATH, /*, /a/b",
    "EXTENSION, *.jsp, /a/b.jsp",
    "DEFAULT, /, /a/b",
    "CONTEXT_ROOT, '', /",
    "PATH, ?, /a/b",
    "EXTENSION, ?, /a/b"
  })
  void patternThatCoversThePath_holds(MappingMatch match, String pattern, String path) {
    mapping.with("getMappingMatch", match).with("getPattern", pattern);

    assertEquals(path, path("/app" + path, path, null));
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT, /a/b, /a/b/",
    "PATH, /a/b/*, /a/bc",
    "PATH, /a/b/*, /a",
    "EXTENSION, *.jsp, /a/b.jsp/c"
  })
  @DisplayName("Finding 4: another path than the servlet's pattern covers is none")
  void patternOfAnotherPath_leavesNone(MappingMatch match, String pattern, String path) {
    mapping.with("getMappingMatch", match).with("getPattern", pattern);

    assertEquals(ServletPath.AMBIGUOUS, path("/app" + path, path, null));
  }

  @Test
  void containerWithoutMappings_isBelieved() {
    request.with("getHttpServletMapping", (Object) null);

    assertEquals("/a", path("/app/a", "/a", null));
  }

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"FORWARD", "ASYNC", "ERROR"})
  @DisplayName("Where the application leads a request is not what the client has asked for")
  void dispatchedRequest_isWhereItWasLed(DispatcherType type) {
    mapping.with("getMappingMatch", MappingMatch.EXACT).with("getPattern", "/asked");
    request.with("getDispatcherType", type);

    assertEquals("/led", path("/app/asked", "/led", null));
    assertEquals(ServletPath.AMBIGUOUS, path("/app/asked", "/led", "there"));
  }

  @Test
  void includedResource_isThePath() {
    request
        .with("getDispatcherType", DispatcherType.INCLUDE)
        .with(
            "getAttribute",
            arguments ->
                arguments[0].equals(RequestDispatcher.INCLUDE_SERVLET_PATH) ? "/in" : "/cluded");

    assertEquals("/in/cluded", path("/app/asked", "/asked", null));
  }

  private String path(String uri, String servletPath, String pathInfo) {
    return ServletPath.of(asked(uri, servletPath, pathInfo), "/app");
  }

  private HttpServletRequest asked(String uri, String servletPath, String pathInfo) {
    return request
        .with("getRequestURI", uri)
        .with("getServletPath", servletPath)
        .with("getPathInfo", pathInfo)
        .object();
  }
}
