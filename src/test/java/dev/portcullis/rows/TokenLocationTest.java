/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditField;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens outside of the {@code Authorization} field: never used, some of them refused. */
class TokenLocationTest {

  private static final String TOKEN = "s3cret-0815.tok";
  private static final String CREDENTIALS = "Authorization: Bearer " + TOKEN;
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  private static final BodyWatch WATCH = new BodyWatch();

  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    api =
        Api.start(
            builder ->
                builder
                    .behind(WATCH)
                    .serving("/stream", new StreamServlet())
                    .serving("/parameters", new ParametersServlet())
                    .serving("/latin", new LatinServlet()));
    api.server().token(TOKEN, "{\"active\":true,\"sub\":\"alice\"}");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  @DisplayName("BRR-11: a token in the query")
  void tokenInQuery_isMalformed() throws Exception {
    api.get("/r?access_token=" + TOKEN).isMalformed().tellsNowhere(TOKEN);
  }

  @Test
  @DisplayName("BRR-11: it is not audited either where the query is")
  void tokenInQuery_isNotAudited() throws Exception {
    try (Api open = Api.start(builder -> builder.with("audit.include-query", "true"))) {
      open.server().token(TOKEN, "{\"active\":true}");
      Observed plain = open.get("/r?a=1", CREDENTIALS).isPassed(1);
      assertEquals("/r?a=1", plain.audited(AuditField.REQUEST_URI));
      open.get("/r?access_token=" + TOKEN).isMalformed().tellsNowhere(TOKEN);
      open.get("/r?a=1&access%5Ftoken=" + TOKEN).isMalformed().tellsNowhere(TOKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "access%5Ftoken=s3cret-0815.tok",
        "access%5ftoken=s3cret-0815.tok",
        "%61ccess_token=s3cret-0815.tok",
        "%61%63%63%65%73%73%5F%74%6F%6B%65%6E=s3cret-0815.tok",
        "a=1&access_token",
        "access_token=",
        "access_token",
        "a=1&access_token=s3cret-0815.tok&b=2",
        "&&access_token=s3cret-0815.tok",
        "access_token=s3cret-0815.tok&access_token=s3cret-0815.tok",
        "a=%zz&access_token=s3cret-0815.tok"
      })
  @DisplayName("BRR-12: the names of parameters are decoded first")
  void tokenInQueryByDecodedName_isMalformed(String query) throws Exception {
    api.get("/r?" + query).isMalformed().tellsNowhere("s3cret-0815");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACCESS_TOKEN=x",
        "my_access_token=x",
        "access_tokens=x",
        "access_toke=x",
        "a=access_token",
        "a=b%26access_token",
        "access%255Ftoken=x",
        "%=x",
        ""
      })
  @DisplayName("BRR-12: other parameters are not affected")
  void otherParameter_isNotAffected(String query) throws Exception {
    api.get("/r?" + query, CREDENTIALS).isPassed(1);
    api.get("/r?" + query).isUnauthenticated();
  }

  @Test
  @DisplayName("BRR-13: the application reads the body, octet by octet")
  void bodyWithHeaderToken_isIntactAsStream() throws Exception {
    Observed observed = api.post("/stream?q=1", "a=1&b=%C3%A9é", FORM, CREDENTIALS).isPassed(1);
    assertEquals(hex("a=1&b=%C3%A9é"), observed.response().body());
  }

  @Test
  @DisplayName("BRR-13: the application reads the parameters")
  void bodyWithHeaderToken_isIntactAsParameters() throws Exception {
    Observed observed = api.post("/parameters?q=1", "a=1&b=%C3%A9", FORM, CREDENTIALS).isPassed(1);
    assertEquals("null q=1 a=1 b=é", observed.response().body());
  }

  @Test
  @DisplayName("BRR-13: the application still chooses the character encoding")
  void bodyWithHeaderToken_isReadInTheEncodingTheApplicationSets() throws Exception {
    Observed observed = api.post("/latin?q=1", "a=1&b=é", FORM, CREDENTIALS).isPassed(1);
    assertEquals("null a=1&b=Ã©", observed.response().body());
  }

  @Test
  @DisplayName("BRR-14: a token in the header and one in the query")
  void tokenInHeaderAndQuery_isMalformed() throws Exception {
    api.get("/r?access_token=" + TOKEN, CREDENTIALS).isMalformed().tellsNowhere(TOKEN);
    api.get("/r?access_token=other", CREDENTIALS).isMalformed().tellsNowhere(TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, application/x-www-form-urlencoded",
    "POST, application/x-www-form-urlencoded; charset=UTF-8",
    "PUT, application/x-www-form-urlencoded",
    "GET, application/x-www-form-urlencoded",
    "HEAD, application/x-www-form-urlencoded",
    "POST, multipart/form-data; boundary=x",
    "POST, application/json",
    "POST, ''"
  })
  @DisplayName("BRR-15, BRR-16: the body is not searched, and not touched")
  void tokenInBody_isUnauthenticated(String method, String type) throws Exception {
    String body = "access_token=" + TOKEN;
    int before = WATCH.touches();
    String message =
        (method + " /r HTTP/1.1\r\nHost: localhost\r\n")
            + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
            + ("Content-Length: " + body.length() + "\r\n\r\n" + body);
    Observed observed = api.observe(http -> http.sendAsItStands(message));
    observed.isUnauthenticated().tellsNowhere(TOKEN);
    assertEquals(before, WATCH.touches());
  }

  @Test
  @DisplayName("BRR-15: a token in the body beside that in the header is the application's")
  void tokenInHeaderAndBody_passes() throws Exception {
    Observed observed = api.post("/stream", "access_token=other", FORM, CREDENTIALS).isPassed(1);
    assertEquals(hex("access_token=other"), observed.response().body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cookie: access_token=s3cret-0815.tok",
        "Cookie: Authorization=Bearer s3cret-0815.tok",
        "X-Access-Token: s3cret-0815.tok",
        "X-Forwarded-Access-Token: s3cret-0815.tok",
        "X-Authorization: Bearer s3cret-0815.tok",
        "X-Forwarded-Authorization: Bearer s3cret-0815.tok",
        "Sec-WebSocket-Protocol: bearer, s3cret-0815.tok",
        "Proxy-Authorization: Bearer s3cret-0815.tok",
        "Proxy-Authorization: DPoP s3cret-0815.tok",
        "Access-Token: s3cret-0815.tok",
        "DPoP: s3cret-0815.tok"
      })
  @DisplayName("BRR-17: no other field is searched")
  void tokenInOtherField_isUnauthenticated(String line) throws Exception {
    api.get("/r", line).isUnauthenticated().tellsNowhere(TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/r;access_token=s3cret-0815.tok", "/r/access_token=s3cret-0815.tok/x"})
  @DisplayName("BRR-17: the path is not searched")
  void tokenInPath_isUnauthenticated(String path) throws Exception {
    api.get(path).isUnauthenticated();
  }

  @Test
  @DisplayName("BRR-17: trailer fields are not searched")
  void tokenInTrailer_isUnauthenticated() throws Exception {
    String start =
        "POST /r HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
            + "Trailer: Authorization\r\n\r\n1\r\na\r\n0\r\n";
    String message = start + CREDENTIALS + "\r\n\r\n";
    api.observe(http -> http.sendAsItStands(message)).isUnauthenticated().tellsNowhere(TOKEN);
  }

  @Test
  @DisplayName("BRR-23: each request on a connection is judged on its own")
  void secondRequestOnConnection_isUnauthenticated() throws Exception {
    try (Api sessions = Api.start(TokenLocationTest::withSessions);
        RawHttp http = new RawHttp(sessions.port())) {
      sessions.server().token(TOKEN, "{\"active\":true,\"sub\":\"alice\"}");
      Observed first =
          sessions.observe(http, one -> one.send("GET", "/session", CREDENTIALS)).isPassed(1);
      String cookie = first.response().header("set-cookie").replaceFirst(";.*", "");
      assertEquals("new", first.response().body());
      sessions
          .observe(http, one -> one.send("GET", "/session", "Cookie: " + cookie))
          .isUnauthenticated();
      sessions.observe(http, one -> one.send("GET", "/session")).isUnauthenticated();
      Observed last =
          sessions
              .observe(http, one -> one.send("GET", "/session", CREDENTIALS, "Cookie: " + cookie))
              .isPassed(1);
      assertEquals("known", last.response().body()); // the cookie was good
    }
  }

  private static void withSessions(TestingApplication.Builder builder) {
    builder.serving("/session", new SessionServlet());
    builder.context().setSessionHandler(new SessionHandler());
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with the body, in hexadecimal. */
  private static final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String body = HexFormat.of().formatHex(request.getInputStream().readAllBytes());
      response.getOutputStream().print(body);
    }
  }

  /** Answers with the character encoding it found, and the parameters. */
  private static final class ParametersServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      StringBuilder text = new StringBuilder(String.valueOf(request.getCharacterEncoding()));
      for (String name : new String[] {"q", "a", "b"}) {
        text.append(' ').append(name).append('=').append(request.getParameter(name));
      }
      response.setContentType("text/plain;charset=utf-8");
      response.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Answers with the character encoding it found, and the body, read as ISO 8859-1. */
  private static final class LatinServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String found = String.valueOf(request.getCharacterEncoding());
      request.setCharacterEncoding("ISO-8859-1");
      String text = found + " " + request.getReader().readLine();
      response.setContentType("text/plain;charset=utf-8");
      response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Has a session and says whether it is a new one. */
  private static final class SessionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getOutputStream().print(request.getSession().isNew() ? "new" : "known");
    }
  }
}
