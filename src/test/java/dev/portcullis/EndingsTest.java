/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.it.Ending;
import dev.portcullis.it.webapp.EndingServlet;
import dev.portcullis.testing.RecordingSink.Journal;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request has one audit entry, whichever way it ends. The same table as in the containers; {@code
 * -Dportcullis.endings.rounds=10000} makes it long.
 */
@Timeout(600)
class EndingsTest {

  private static final int ROUNDS = Integer.getInteger("portcullis.endings.rounds", 10);
  private static final String READER = "Authorization: Bearer reader";

  private TestingAuthorizationServer server;
  private TestingApplication.Builder builder;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("reader", "{\"active\":true,\"sub\":\"alice\"}");
    builder =
        TestingApplication.builder()
            .asking(server.url("/introspect"))
            .with("cache.tokens", "true")
            .with("audit.on-failure", "reject")
            .with("audit.queue-size", "3")
            .serving("/ending", new EndingServlet());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("FLD-70: one entry, at once, with its status; and no place of the queue is lost")
  void ending_isRecordedOnce(Ending ending) throws Exception {
    assertEquals(statuses(ending), recorded(ending));
  }

  /** What a container may tell listeners at the end, and what it may keep to itself. */
  enum Told {
    ERROR_ONLY,
    COMPLETION_ONLY,
    NOTHING
  }

  static Stream<Arguments> endingsUntold() {
    Set<Ending> seenOtherwise =
        EnumSet.complementOf(
            EnumSet.of(
                Ending.ASYNC_TIME_OUT,
                Ending.ASYNC_TIME_OUT_HANDLED,
                Ending.ASYNC_COMPLETE_AT_ONCE));
    return Stream.of(Told.values())
        .flatMap(
            told ->
                Stream.of(Ending.values())
                    .filter(
                        ending -> told == Told.COMPLETION_ONLY || seenOtherwise.contains(ending))
                    .map(ending -> Arguments.of(told, ending)));
  }

  @ParameterizedTest
  @MethodSource("endingsUntold")
  @DisplayName("FLD-80: one entry, whatever the container tells its listeners")
  void endingThatIsNotTold_isRecordedOnce(Told told, Ending ending) throws Exception {
    builder.behind(telling(told));
    assertEquals(statuses(ending), recorded(ending));
  }

  /** The statuses of all entries after some requests that end so. */
  private List<String> recorded(Ending ending) throws Exception {
    Journal journal = builder.journal();
    try (TestingApplication application = builder.start()) {
      for (int round = 1; round <= ROUNDS; round++) {
        ending.ask(application.port(), "/ending", READER);
        journal.requests(round);
      }
    }
    return journal.events(AuditEvent.Type.REQUEST).stream()
        .map(entry -> Journal.text(entry, AuditField.RESPONSE_CODE))
        .toList();
  }

  private static List<String> statuses(Ending ending) {
    return Collections.nCopies(ROUNDS, Integer.toString(ending.status()));
  }

  private static Filter telling(Told told) {
    return (request, response, chain) ->
        chain.doFilter(
            new HttpServletRequestWrapper((HttpServletRequest) request) {
              @Override
              public AsyncContext getAsyncContext() {
                return telling(told, super.getAsyncContext());
              }
            },
            response);
  }

  /** The context of a container that tells the listeners less. */
  private static AsyncContext telling(Told told, AsyncContext context) {
    return (AsyncContext)
        Proxy.newProxyInstance(
            AsyncContext.class.getClassLoader(),
            new Class<?>[] {AsyncContext.class},
            (proxy, method, values) -> {
              if (method.getName().equals("addListener")) {
                context.addListener(new HardOfHearing(told, (AsyncListener) values[0]));
                return null;
              }
              try {
                return method.invoke(context, values);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private record HardOfHearing(Told told, AsyncListener listener) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      if (told == Told.COMPLETION_ONLY) {
        listener.onComplete(event);
      }
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
      if (told == Told.ERROR_ONLY) {
        listener.onError(event);
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
      listener.onStartAsync(event);
    }
  }
}
