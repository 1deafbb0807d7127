/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.it.Site;
import dev.portcullis.testing.Answer;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.RawHttp;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingJwt;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged JAR twice in one application, next to a library that finds all signatures good. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TomcatDoubledJarIT {

  private static final String ISSUER = "https://as.example.com";
  private static final KeyPair KEY = TestingJwt.p256();
  private static final KeyPair OTHER = TestingJwt.p256();

  private static TestingAuthorizationServer server;

  @Deployment(testable = false)
  static WebArchive webapp() throws IOException {
    server = TestingAuthorizationServer.plain();
    server.always((request, wire) -> answer(request).give(request, wire));
    File jar = Path.of(System.getProperty("portcullis.jar")).toFile();
    return ShrinkWrap.create(WebArchive.class, Site.WAR)
        .addAsLibraries(ForgedLibrary.jar())
        .addAsLibrary(jar, "copy-of-portcullis.jar")
        .addAsLibrary(jar)
        .addAsWebResource(new StringAsset("the secret"), "secret.txt")
        .addAsWebInfResource(new StringAsset(settings()), "portcullis.properties")
        .setWebXML(new StringAsset(WEB_XML));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  @DisplayName("CFG-08: with the JAR twice one filter decides, and asks once")
  void jarThatIsThereTwice_decidesOnce() throws Exception {
    int before = asked();
    assertEquals("the secret", get("good").body());
    assertEquals(before + 1, asked());
    assertEquals(
        1,
        ManagementFactory.getPlatformMBeanServer()
            .queryNames(new ObjectName("dev.portcullis:*"), null)
            .size());
  }

  @Test
  @DisplayName("CFG-08: with the JAR twice no request passes without a token")
  void requestWithoutToken_isRefused() throws Exception {
    assertEquals(401, RawHttp.get(port(), Site.CONTEXT + "/secret.txt").status());
  }

  @ParameterizedTest
  @DisplayName(
      "CFG-08: a forged jose4j and Bouncy Castle next to it are not asked about signatures")
  @ValueSource(strings = {"forged", "unsigned"})
  void forgedAnswer_isRefused(String token) throws Exception {
    assertEquals(200, get("good").status());
    int before = asked();
    assertEquals(503, get(token).status());
    assertTrue(asked() > before);
    assertEquals("", System.getProperty(ForgedLibrary.TRACE, ""));
  }

  private static int asked() {
    return (int) server.requests().stream().filter(r -> r.method().equals("POST")).count();
  }

  private static RawHttp.Response get(String token) throws IOException {
    return RawHttp.get(port(), Site.CONTEXT + "/secret.txt", Site.bearer(token));
  }

  private static int port() {
    return Integer.getInteger("tomcat.port");
  }

  private static Answer answer(RecordedRequest request) {
    return request.method().equals("GET")
        ? Answers.typed(
            "application/jwk-set+json", "{\"keys\":[" + TestingJwt.jwk(KEY.getPublic(), "") + "]}")
        : Answers.typed(
            "application/token-introspection+jwt", jwt(request.parameter("token").orElseThrow()));
  }

  private static String jwt(String token) {
    String algorithm = token.equals("unsigned") ? "none" : "ES256";
    return TestingJwt.sign(
        "ES256",
        (token.equals("good") ? KEY : OTHER).getPrivate(),
        "{\"typ\":\"token-introspection+jwt\",\"alg\":\"" + algorithm + "\"}",
        "{\"iss\":\"%s\",\"aud\":\"rs-1\",\"iat\":%d,\"token_introspection\":{\"active\":true}}"
            .formatted(ISSUER, Instant.now().getEpochSecond()));
  }

  private static String settings() {
    return String.join(
        "\n",
        "as.targets = " + server.hostAndPort(),
        "as.introspection-endpoint = /introspect",
        "as.secure = false",
        "as.issuer = " + ISSUER,
        "as.introspection-response = jwt",
        "as.introspection-signing-algorithm = ES256",
        "as.jwks-endpoint = /jwks",
        "as.startup-probe = off",
        "failover.max-retries = 0",
        "client.id = rs-1",
        "client.secret = secret");
  }

  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
        <filter>
          <filter-name>portcullis</filter-name>
          <filter-class>dev.portcullis.ResourceServerFilter</filter-class>
          <init-param>
            <param-name>config-file</param-name>
            <param-value>/WEB-INF/portcullis.properties</param-value>
          </init-param>
        </filter>
        <filter-mapping>
          <filter-name>portcullis</filter-name>
          <url-pattern>/*</url-pattern>
        </filter-mapping>
      </web-app>
      """;
}
