/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.portcullis.testing.ApplicationLoader;
import dev.portcullis.testing.StubContainer;
import dev.portcullis.testing.TestingAuthorizationServer;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JAR that is not whole, or whose libraries another one replaces. */
@DisplayName("CFG-03, CFG-08: where a class is missing, nothing passes without a token")
class MissingClassTest {

  private static final List<String> LIBRARIES =
      List.of("org.apache.hc.", "org.ehcache.", "org.slf4j.", "org.bouncycastle.", "org.jose4j.");

  private static TestingAuthorizationServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestingAuthorizationServer.plain();
    server.token("good", "{\"active\":true,\"sub\":\"alice\"}");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** Each library, each package, and each class beside the filter. */
  static Stream<String> missing() throws Exception {
    Path classes = Path.of(URI.create(location()));
    return Stream.of(
            LIBRARIES.stream(),
            names(classes, true).map(name -> "dev.portcullis." + name + "."),
            names(classes, false).map(name -> "dev.portcullis." + name.replace(".class", "")))
        .flatMap(names -> names)
        .filter(name -> !name.equals(ResourceServerFilter.class.getName()));
  }

  private static String location() {
    return String.valueOf(
            ResourceServerFilter.class.getResource(
                ResourceServerFilter.class.getSimpleName() + ".class"))
        .replaceFirst("[^/]*$", "");
  }

  private static Stream<String> names(Path folder, boolean isFolder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Files.isDirectory(file) == isFolder)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("missing")
  void filter_isMade_andLetsNothingPass(String name) throws Exception {
    ClassLoader loader = new ApplicationLoader(name);
    Filter filter =
        (Filter)
            loader
                .loadClass(ResourceServerFilter.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    assertNotEquals(0, filter.getClass().getDeclaredMethods().length);
    assertNotEquals(0, filter.getClass().getDeclaredFields().length);
    StubContainer container = new StubContainer(settings());

    assertDoesNotThrow(() -> filter.init(container.config().object()));

    for (String authorization : List.of("", "Bearer bad", "DPoP bad")) {
      StubContainer.Exchange exchange = container.exchange(authorization);
      exchange.through(filter);
      assertEquals(0, container.passes());
    }
    assertDoesNotThrow(filter::destroy);
  }

  private static Map<String, String> settings() {
    return Map.of(
        "as.introspection-endpoint", server.url("/introspect"),
        "as.secure", "false",
        "as.startup-probe", "off",
        "client.id", "rs",
        "client.secret", "rs-secret",
        "cache.tokens", "true",
        "dpop.type", "enabled",
        "request.base-urls", "http://localhost",
        "dpop.signing-algorithms", "ES256",
        "audit.sinks", "log");
  }
}
