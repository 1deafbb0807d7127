/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * An asynchronous request as the application gets it. If it was started without naming request and
 * response, the container would give out its own ones, without identity and with the credentials;
 * these are the ones that the filter shows. Listeners are shown the same.
 */
final class AuthenticatedAsync implements AsyncContext {

  private final AsyncContext container;
  private final AuthenticatedRequest starter;
  private final ServletRequest request;
  private final ServletResponse response;

  /**
   * Makes one.
   *
   * @param starter where the application has it from
   */
  AuthenticatedAsync(AsyncContext container, AuthenticatedRequest starter) {
    boolean isUnnamed = container.hasOriginalRequestAndResponse();
    this.container = container;
    this.starter = starter;
    this.request = isUnnamed ? starter : container.getRequest();
    this.response = isUnnamed ? starter.response() : container.getResponse();
  }

  /** Whether it is of the request that is recorded there. */
  boolean isOf(Recording recording) {
    return starter.recording() == recording;
  }

  @Override
  public ServletRequest getRequest() {
    return request;
  }

  @Override
  public ServletResponse getResponse() {
    return response;
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return container.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    container.dispatch();
  }

  @Override
  public void dispatch(String path) {
    container.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    container.dispatch(context, path);
  }

  @Override
  public void complete() {
    starter.recording().complete(container);
  }

  @Override
  public void start(Runnable run) {
    container.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    container.addListener(new Shown(listener, request, response));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest supplied, ServletResponse suppliedResponse) {
    container.addListener(new Shown(listener, supplied, suppliedResponse));
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return container.createListener(type);
  }

  @Override
  public void setTimeout(long timeout) {
    container.setTimeout(timeout);
  }

  @Override
  public long getTimeout() {
    return container.getTimeout();
  }

  /** A listener of the application's. */
  private final class Shown implements AsyncListener {

    private final AsyncListener listener;
    private final ServletRequest supplied;
    private final ServletResponse suppliedResponse;

    Shown(AsyncListener listener, ServletRequest supplied, ServletResponse suppliedResponse) {
      this.listener = listener;
      this.supplied = supplied;
      this.suppliedResponse = suppliedResponse;
    }

    private AsyncEvent shown(AsyncEvent event) {
      return new AsyncEvent(
          starter.shown(event.getAsyncContext()), supplied, suppliedResponse, event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      listener.onComplete(shown(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      listener.onTimeout(shown(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
      listener.onError(shown(event));
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
      listener.onStartAsync(shown(event));
    }
  }
}
