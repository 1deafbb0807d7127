/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;

/** A response that keeps its status and counts how often the application was reached. */
final class StubResponse extends HttpServletResponseWrapper {

  private static final HttpServletResponse NOTHING =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              StubResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private final ServletOutputStream output = new Discarding();
  private long passes;
  private int status = 200;

  StubResponse() {
    super(NOTHING);
  }

  void passed() {
    passes++;
  }

  long passes() {
    return passes;
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public void setHeader(String name, String value) {}

  @Override
  public void addHeader(String name, String value) {}

  @Override
  public boolean containsHeader(String name) {
    return false;
  }

  @Override
  public String getHeader(String name) {
    return null;
  }

  @Override
  public void setDateHeader(String name, long date) {}

  @Override
  public void setIntHeader(String name, int value) {}

  @Override
  public String encodeURL(String url) {
    return url;
  }

  @Override
  public void resetBuffer() {}

  @Override
  public void setContentLength(int length) {}

  @Override
  public void setContentType(String type) {}

  @Override
  public ServletOutputStream getOutputStream() {
    return output;
  }

  private static final class Discarding extends ServletOutputStream {

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int octet) {}
  }
}
