/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/** Ends a request in the way that the query string names. */
public final class EndingServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final byte[] PIECE = new byte[8192];

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    boolean isBack = request.getDispatcherType() == DispatcherType.ASYNC;
    switch (request.getQueryString()) {
      case "returns" -> response.getWriter().print("done");
      case "throws-exception" -> throw new ServletException("thrown by the test");
      case "throws-error" -> throw new AssertionError("thrown by the test");
      case "send-error" -> response.sendError(HttpServletResponse.SC_CONFLICT);
      case "client-gone" -> writeOn(response.getOutputStream());
      case "dispatch" -> {
        if (isBack) {
          response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else {
          request.startAsync().dispatch();
        }
      }
      case "dispatch-throws" -> {
        if (isBack) {
          throw new ServletException("thrown by the test");
        }
        request.startAsync().dispatch();
      }
      case "dispatch-send-error" -> {
        if (isBack) {
          response.sendError(HttpServletResponse.SC_CONFLICT);
        } else {
          request.startAsync().dispatch();
        }
      }
      default -> startAsync(request, response);
    }
  }

  private static void startAsync(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    switch (request.getQueryString()) {
      case "async-throws-exception" -> throw new ServletException("thrown by the test");
      case "async-throws-error" -> throw new AssertionError("thrown by the test");
      case "async-time-out" -> async.setTimeout(50);
      case "async-time-out-handled" -> {
        async.setTimeout(50);
        async.addListener(new AnswersTimeOut());
      }
      case "async-complete" ->
          async.start(
              () -> {
                response.setStatus(HttpServletResponse.SC_ACCEPTED);
                async.complete();
              });
      case "async-complete-at-once" -> {
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        async.complete();
      }
      case "read-listener-throws" ->
          request.getInputStream().setReadListener(new ThrowingReader(async));
      case "write-listener-throws" ->
          response.getOutputStream().setWriteListener(new ThrowingWriter(async));
      case "write-listener-client-gone" ->
          response
              .getOutputStream()
              .setWriteListener(new Endless(async, response.getOutputStream()));
      case "async-client-gone" ->
          async.start(
              () -> {
                writeOnUnheard(response);
                completeOnce(async);
              });
      case "writer-client-gone" ->
          async.start(
              () -> {
                printOn(response);
                completeOnce(async);
              });
      default -> throw new ServletException("no such ending");
    }
  }

  private static void writeOn(OutputStream body) throws IOException {
    while (true) {
      body.write(PIECE);
      body.flush();
    }
  }

  /** As applications do that have no idea what to do about it. */
  private static void writeOnUnheard(HttpServletResponse response) {
    try {
      writeOn(response.getOutputStream());
    } catch (IOException e) {
      return;
    }
  }

  private static void printOn(HttpServletResponse response) {
    try {
      PrintWriter text = response.getWriter();
      while (!text.checkError()) {
        text.print(new char[PIECE.length]);
        text.flush();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The container may have been first. */
  private static void completeOnce(AsyncContext async) {
    try {
      async.complete();
    } catch (IllegalStateException e) {
      return;
    }
  }

  /** Answers when the time is up. */
  public static final class AnswersTimeOut implements AsyncListener {

    /** For the container. */
    public AnswersTimeOut() {}

    @Override
    public void onTimeout(AsyncEvent event) {
      AsyncContext async = event.getAsyncContext();
      ((HttpServletResponse) async.getResponse()).setStatus(503);
      async.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  private record ThrowingReader(AsyncContext async) implements ReadListener {

    @Override
    public void onDataAvailable() {
      throw new IllegalStateException("thrown by the test");
    }

    @Override
    public void onAllDataRead() {
      throw new IllegalStateException("thrown by the test");
    }

    @Override
    public void onError(Throwable failure) {
      completeOnce(async);
    }
  }

  private record ThrowingWriter(AsyncContext async) implements WriteListener {

    @Override
    public void onWritePossible() {
      throw new IllegalStateException("thrown by the test");
    }

    @Override
    public void onError(Throwable failure) {
      completeOnce(async);
    }
  }

  private record Endless(AsyncContext async, ServletOutputStream body) implements WriteListener {

    @Override
    public void onWritePossible() throws IOException {
      while (body.isReady()) {
        body.write(PIECE);
      }
    }

    @Override
    public void onError(Throwable failure) {
      completeOnce(async);
    }
  }
}
