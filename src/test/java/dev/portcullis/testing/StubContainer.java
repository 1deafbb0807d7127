/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.testing;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A servlet container made of {@link Stub}s, of which a test makes any method misbehave. It is of
 * no known kind. It has one application with one resource, {@code /r}, behind one filter. For one
 * thread.
 */
public final class StubContainer {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, Object> contextAttributes = new ConcurrentHashMap<>();
  private final Stub<ServletContext> context = Stub.of(ServletContext.class);
  private final Stub<FilterConfig> config = Stub.of(FilterConfig.class);
  private final Stub<FilterRegistration> registration = Stub.of(FilterRegistration.class);
  private final Stub<FilterChain> chain = Stub.of(FilterChain.class);

  /** Makes one whose filter has those settings. */
  public StubContainer(Map<String, String> settings) {
    parameters.putAll(settings);
    String name = "guard-" + NUMBER.incrementAndGet();
    config
        .with("getFilterName", name)
        .with("getServletContext", context.object())
        .with("getInitParameter", arguments -> parameters.get((String) arguments[0]))
        .with("getInitParameterNames", arguments -> Collections.enumeration(parameters.keySet()));
    context
        .with("getServerInfo", "Stub/1.0")
        .with("getServletContextName", "stubbed")
        .with("getContextPath", "")
        .with("getClassLoader", StubContainer.class.getClassLoader())
        .with("getAttribute", arguments -> contextAttributes.get((String) arguments[0]))
        .with("setAttribute", arguments -> put(contextAttributes, arguments))
        .with("getFilterRegistration", registration.object())
        .with("getFilterRegistrations", Map.of(name, registration.object()));
    registration
        .with("getName", name)
        .with("getClassName", "dev.portcullis.ResourceServerFilter")
        .with("getUrlPatternMappings", List.of("/*"))
        .with("getServletNameMappings", List.of());
  }

  private static @Nullable Object put(Map<String, Object> attributes, Object[] arguments) {
    if (arguments[1] == null) {
      attributes.remove((String) arguments[0]);
    } else {
      attributes.put((String) arguments[0], arguments[1]);
    }
    return null;
  }

  /** What is given to {@code init}. */
  public Stub<FilterConfig> config() {
    return config;
  }

  /** The application. */
  public Stub<ServletContext> context() {
    return context;
  }

  /** What the container tells of the filter. */
  public Stub<FilterRegistration> registration() {
    return registration;
  }

  /** Leads to the resource. */
  public Stub<FilterChain> chain() {
    return chain;
  }

  /** How often the resource was reached. */
  public long passes() {
    return chain.calls("doFilter");
  }

  /** A request for the resource, with that field if it is not empty, and what comes of it. */
  public Exchange exchange(String authorization) {
    return new Exchange(authorization);
  }

  /** One request and its response. For one thread. */
  public final class Exchange {

    private final Stub<HttpServletRequest> request = Stub.of(HttpServletRequest.class);
    private final Stub<HttpServletResponse> response = Stub.of(HttpServletResponse.class);
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final Map<String, String> sent = new LinkedHashMap<>();
    private final Map<String, String> fields = new ConcurrentHashMap<>();
    private int status = HttpServletResponse.SC_OK;

    private Exchange(String authorization) {
      sent.put("Host", "localhost");
      if (!authorization.isEmpty()) {
        sent.put("Authorization", authorization);
      }
      Stub<HttpServletMapping> mapping =
          Stub.of(HttpServletMapping.class)
              .with("getMappingMatch", MappingMatch.DEFAULT)
              .with("getPattern", "/")
              .with("getMatchValue", "")
              .with("getServletName", "resource");
      request
          .with("getMethod", "GET")
          .with("getRequestURI", "/r")
          .with("getContextPath", "")
          .with("getServletPath", "/r")
          .with("getHttpServletMapping", mapping.object())
          .with("getScheme", "http")
          .with("getServerName", "localhost")
          .with("getServerPort", 80)
          .with("getRemoteAddr", "127.0.0.1")
          .with("getProtocol", "HTTP/1.1")
          .with("getRequestId", "1")
          .with("getDispatcherType", DispatcherType.REQUEST)
          .with("getServletContext", context.object())
          .with("getHeader", arguments -> sent.get((String) arguments[0]))
          .with("getHeaders", arguments -> enumeration(sent.get((String) arguments[0])))
          .with("getHeaderNames", arguments -> Collections.enumeration(sent.keySet()))
          .with("getAttribute", arguments -> attributes.get((String) arguments[0]))
          .with("setAttribute", arguments -> put(attributes, arguments))
          .with("removeAttribute", arguments -> attributes.remove((String) arguments[0]))
          .with("getAttributeNames", arguments -> Collections.enumeration(attributes.keySet()));
      response
          .with("getStatus", arguments -> status)
          .with("setStatus", arguments -> status = (Integer) arguments[0])
          .with("setHeader", arguments -> fields.put((String) arguments[0], (String) arguments[1]))
          .with("addHeader", arguments -> fields.put((String) arguments[0], (String) arguments[1]))
          .with("getHeader", arguments -> fields.get((String) arguments[0]))
          .with(
              "getHeaders",
              arguments -> Optional.ofNullable(fields.get(arguments[0])).stream().toList())
          .with("getHeaderNames", arguments -> fields.keySet())
          .with("getOutputStream", new Octets());
    }

    private static java.util.Enumeration<String> enumeration(@Nullable String value) {
      return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    /** Has the client send that field, too. */
    public Exchange sending(String name, String value) {
      sent.put(name, value);
      return this;
    }

    /** What the client asks. */
    public Stub<HttpServletRequest> request() {
      return request;
    }

    /** What it is answered. */
    public Stub<HttpServletResponse> response() {
      return response;
    }

    /** The status set last. */
    public int status() {
      return status;
    }

    /** A field of the response, or {@code ""}. */
    public String field(String name) {
      return fields.getOrDefault(name, "");
    }

    /** Sends it through a filter; what that throws is returned. */
    public Optional<Throwable> through(Filter filter) {
      return through(filter, request.object(), response.object());
    }

    private Optional<Throwable> through(
        Filter filter, ServletRequest asked, ServletResponse answered) {
      try {
        filter.doFilter(asked, answered, chain.object());
        return Optional.empty();
      } catch (Throwable fault) {
        return Optional.of(fault);
      }
    }
  }

  /** A body that nobody reads. */
  private static final class Octets extends ServletOutputStream {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("not asynchronous");
    }

    @Override
    public void write(int octet) {
      octets.write(octet);
    }
  }
}
