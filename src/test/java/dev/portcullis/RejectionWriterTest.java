/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.access.ChallengeSettings;
import dev.portcullis.access.ChallengeSettings.Body;
import dev.portcullis.access.Evidence;
import dev.portcullis.access.Rejected;
import dev.portcullis.api.Reason;
import dev.portcullis.oauth.AuthScheme;
import dev.portcullis.oauth.Challenge;
import dev.portcullis.oauth.OAuthError;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.TestingApplication;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes refusals through a real container. */
class RejectionWriterTest {

  private static final ChallengeSettings SETTINGS =
      new ChallengeSettings("api", true, Body.JSON, false, Optional.empty());

  private static final Rejected INVALID =
      new Rejected(
          401,
          Optional.of(OAuthError.INVALID_TOKEN),
          List.of(
              new Challenge(AuthScheme.BEARER, Map.of("realm", "a")),
              new Challenge(AuthScheme.DPOP, Map.of("algs", "ES256 PS256"))),
          Optional.empty(),
          Optional.empty(),
          Reason.TOKEN_INACTIVE,
          "",
          "",
          Evidence.NONE);

  @Test
  @DisplayName("ERR-04: two schemes, two field lines")
  void challenges_haveALineEach() throws Exception {
    RawHttp.Response response = written(INVALID, "GET");
    assertEquals(List.of("Bearer realm=\"a\"", "DPoP algs=\"ES256 PS256\""), response.challenges());
  }

  @Test
  @DisplayName("ERR-04, ERR-12: what stood in those fields before is gone")
  void fieldsOfEarlierFilters_areReplaced() throws Exception {
    RawHttp.Response response = written(INVALID, "GET");
    assertEquals(2, response.challenges().size());
    assertEquals(List.of("no-store"), response.all("cache-control"));
    assertEquals("application/json", response.header("content-type"));
  }

  @Test
  @DisplayName("ERR-12: HEAD is told the length of a body it does not get")
  void head_hasTheLengthOfTheBody() throws Exception {
    RawHttp.Response get = written(INVALID, "GET");
    RawHttp.Response head = written(INVALID, "HEAD");
    assertEquals(Integer.toString(get.body().length()), head.header("content-length"));
    assertEquals(get.header("content-length"), head.header("content-length"));
    assertEquals("", head.body());
    assertEquals("1", get.header("x-streams"));
    assertEquals("0", head.header("x-streams")); // not left to the container
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "59999, 60", "60000, 60"})
  @DisplayName("ERR-14: Retry-After in whole seconds, rounded up, one at least")
  void retryAfter_isAWholeNumber(long millis, String seconds) throws Exception {
    Rejected rejected =
        Rejected.unavailable(Reason.AS_UNAVAILABLE, Duration.ofMillis(millis), "", Evidence.NONE);
    RawHttp.Response response = written(rejected, "GET");
    assertEquals(503, response.status());
    assertEquals(List.of(seconds), response.all("retry-after"));
  }

  @Test
  @DisplayName("ERR-15: a fault of the filter says nothing about when to come again")
  void fault_hasNoRetryAfter() throws Exception {
    Rejected rejected =
        Rejected.unavailable(Reason.INTERNAL_ERROR, Duration.ofSeconds(9), "", Evidence.NONE);
    RawHttp.Response response = written(rejected, "GET");
    assertEquals(500, response.status());
    assertEquals(List.of(), response.all("retry-after"));
  }

  private static RawHttp.Response written(Rejected rejected, String method) throws Exception {
    TestingApplication.Builder builder =
        TestingApplication.builder().serving("/", new WritingServlet(rejected));
    try (TestingApplication application = builder.startAsItIs()) {
      return RawHttp.request(application.port(), method, "/r");
    }
  }

  /** Writes a refusal over what an earlier filter may have left. */
  private static final class WritingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Rejected rejected;

    WritingServlet(Rejected rejected) {
      this.rejected = rejected;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setHeader("WWW-Authenticate", "Basic realm=\"old\"");
      response.addHeader("WWW-Authenticate", "Negotiate");
      response.setHeader("Cache-Control", "public, max-age=60");
      response.setContentType("text/html");
      new RejectionWriter(SETTINGS).write(rejected, request, new Watched(response));
    }
  }

  /** Tells in the field {@code X-Streams} how often its body was asked for. */
  private static final class Watched extends HttpServletResponseWrapper {

    Watched(HttpServletResponse response) {
      super(response);
      response.setHeader("X-Streams", "0");
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      setHeader("X-Streams", "1");
      return super.getOutputStream();
    }
  }
}
