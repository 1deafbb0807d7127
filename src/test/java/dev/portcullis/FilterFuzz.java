/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.dpop.MadeUpProof;
import dev.portcullis.dpop.ReferenceRules;
import dev.portcullis.testing.Choices;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Requests of any content through the whole filter, without a container. Whatever comes, it is
 * refused with a status that says why, or it carries a token that may be used so.
 */
class FilterFuzz {

  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);
  private static final List<String> ALGORITHMS =
      List.of("ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA");
  private static final String UNBOUND = "unbound";

  private static final AtomicInteger STATUS = new AtomicInteger();
  private static TestingAuthorizationServer server;
  private static ResourceServerFilter filter;
  private static int passes;

  @BeforeAll
  static void start() throws Exception {
    String confirmation = MadeUpProof.usualClient().confirmation();
    server =
        TestingAuthorizationServer.plain()
            .token(UNBOUND, "{\"active\":true,\"sub\":\"a\"}")
            .token(
                MadeUpProof.TOKEN, "{\"active\":true,\"sub\":\"a\",\"cnf\":" + confirmation + "}");
    Map<String, String> settings = new HashMap<>();
    settings.put("as.introspection-endpoint", server.url("/introspect"));
    settings.put("as.secure", "false");
    settings.put("as.startup-probe", "off");
    settings.put("client.id", "rs-1");
    settings.put("client.secret", "rs-secret");
    settings.put("cache.tokens", "true");
    settings.put("dpop.type", "enabled");
    settings.put("dpop.replay-detection", "false");
    settings.put("request.base-urls", MadeUpProof.ORIGIN);
    settings.put("request.trusted-proxies", "10.0.0.0/8");
    settings.put("request.forwarded-style", "forwarded");
    settings.put("audit.sinks", "none");
    filter = new ResourceServerFilter();
    filter.init(
        stub(
            FilterConfig.class,
            Map.of(
                "getFilterName", arguments -> "fuzz",
                "getServletContext",
                    arguments -> stub(ServletContext.class, Map.of("getContextPath", a -> "")),
                "getInitParameter", arguments -> settings.get((String) arguments[0]),
                "getInitParameterNames", a -> Collections.enumeration(settings.keySet()))));
  }

  @AfterAll
  static void stop() throws Exception {
    filter.destroy();
    server.close();
    assertTrue(passes > 0, "without any choice made a request is good");
  }

  @FuzzTest(maxDuration = "10m")
  void request_isRefusedOrRight(FuzzedDataProvider data) throws Exception {
    Choices choices = Choices.of(data);
    List<String> authorization = new ArrayList<>();
    for (int i = choices.of(List.of(1, 0, 2)); i > 0; i--) {
      authorization.add(
          choices.of("DPoP ", "Bearer ", "dpop  ", "", "Basic ", "DPoP")
              + choices.of(MadeUpProof.TOKEN, UNBOUND, "x", choices.text(20))
              + choices.of("", " ", ", DPoP x", ",", "="));
    }
    Map<String, List<String>> fields = new HashMap<>();
    fields.put("authorization", authorization);
    fields.put("forwarded", choices.below(3) == 1 ? List.of(choices.text(60)) : List.of());
    String query =
        choices.of("", "", "q=1", "access_token=x", "a&access%5Ftoken", choices.text(20));
    String peer = choices.of("192.0.2.1", "10.0.0.1");
    String host = choices.of("kiosk.example.com", "evil.example", "");
    long before = System.currentTimeMillis() / 1000;
    MadeUpProof proof = new MadeUpProof(choices, before, true, List.of());
    fields.put("dpop", proof.proofs());
    boolean[] passed = new boolean[1];
    BugDetectors.allowNetworkConnections(); // to the authorization server
    filter.doFilter(
        request(proof, fields, query, peer, host), response(), (in, out) -> passed[0] = true);
    if (passed[0]) {
      assertTrue(isRight(authorization, proof, before), authorization::toString);
      assertTrue(!query.startsWith("access_token"), query);
      passes++;
    } else {
      assertTrue(REFUSALS.contains(STATUS.get()), STATUS::toString);
    }
  }

  /** Exactly one field: a bound token with a proof, or one that is not bound as a bearer token. */
  private static boolean isRight(List<String> authorization, MadeUpProof proof, long before) {
    assertEquals(1, authorization.size());
    String field = authorization.get(0).strip();
    if (field.matches("(?i)Bearer +" + UNBOUND)) {
      return true;
    }
    return field.toLowerCase(Locale.ROOT).startsWith("dpop ")
        && field.endsWith(" " + MadeUpProof.TOKEN)
        && (isGood(proof, before) || isGood(proof, System.currentTimeMillis() / 1000));
  }

  private static boolean isGood(MadeUpProof proof, long now) {
    return new ReferenceRules(ALGORITHMS, now, 120, 10, Optional.empty())
        .broken(
            proof.proofs(),
            proof.method(),
            MadeUpProof.ORIGIN,
            proof.path(),
            MadeUpProof.TOKEN,
            true)
        .isEmpty();
  }

  private static HttpServletRequest request(
      MadeUpProof proof, Map<String, List<String>> fields, String query, String peer, String host) {
    Map<String, Object> attributes = new HashMap<>();
    Map<String, Method> methods = new HashMap<>();
    methods.put("getMethod", a -> proof.method());
    methods.put("getRequestURI", a -> proof.path());
    methods.put("getServletPath", a -> proof.path());
    methods.put("getQueryString", a -> query.isEmpty() ? null : query);
    methods.put("getContextPath", a -> "");
    methods.put("isSecure", a -> true);
    methods.put("getRemoteAddr", a -> peer);
    methods.put("getScheme", a -> "https");
    methods.put("getServerName", a -> host);
    methods.put("getServerPort", a -> 443);
    methods.put("getDispatcherType", a -> DispatcherType.REQUEST);
    methods.put("getRequestId", a -> "1");
    methods.put("isAsyncStarted", a -> false);
    methods.put("getAttribute", a -> attributes.get((String) a[0]));
    methods.put("setAttribute", a -> attributes.put((String) a[0], a[1]));
    methods.put("removeAttribute", a -> attributes.remove((String) a[0]));
    methods.put(
        "getHeaders",
        a ->
            Collections.enumeration(
                fields.getOrDefault(((String) a[0]).toLowerCase(Locale.ROOT), List.of())));
    return stub(HttpServletRequest.class, methods);
  }

  private static HttpServletResponse response() {
    STATUS.set(200);
    ServletOutputStream discarding =
        new ServletOutputStream() {
          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setWriteListener(WriteListener listener) {}

          @Override
          public void write(int octet) {}
        };
    return stub(
        HttpServletResponse.class,
        Map.of(
            "isCommitted", a -> false,
            "getStatus", a -> STATUS.get(),
            "setStatus",
                a -> {
                  STATUS.set((Integer) a[0]);
                  return null;
                },
            "getOutputStream", a -> discarding));
  }

  /** What a method does. */
  @FunctionalInterface
  private interface Method {
    Object call(Object[] arguments);
  }

  private static <T> T stub(Class<T> type, Map<String, Method> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                methods.getOrDefault(method.getName(), a -> null).call(arguments)));
  }
}
