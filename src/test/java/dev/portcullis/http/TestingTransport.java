/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.PropertySource;
import dev.portcullis.keys.TlsMaterial;
import dev.portcullis.keys.TrustGroup;
import dev.portcullis.keys.UnusableFileException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The transport as set by a test, with short ways to call. */
final class TestingTransport implements AutoCloseable {

  static final String TOKEN = "s3cret-t0ken";
  static final String CREDENTIAL = "Basic Y3JlZGVudGlhbA==";

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ApacheHttpTransport transport;

  private TestingTransport(ApacheHttpTransport transport) {
    this.transport = transport;
  }

  /** One for one target, with settings as pairs of key and value. */
  static TestingTransport with(String... pairs) {
    return new TestingTransport(new ApacheHttpTransport(settings(pairs), material(), 1));
  }

  /** One for several targets. */
  static TestingTransport ofTargets(int targets, String... pairs) {
    return new TestingTransport(new ApacheHttpTransport(settings(pairs), material(), targets));
  }

  /** One that looks names up in another way. */
  static TestingTransport with(HostResolver.Lookup lookup, String... pairs) {
    return new TestingTransport(
        new ApacheHttpTransport(settings(pairs), material(), 1, lookup, System::nanoTime));
  }

  /** One that looks names up in another way, and whose connections age by that ticker. */
  static TestingTransport with(HostResolver.Lookup lookup, LongSupplier nanoTime) {
    return new TestingTransport(
        new ApacheHttpTransport(settings(), material(), 1, lookup, nanoTime));
  }

  /** One whose connections age by that ticker. */
  static TestingTransport by(LongSupplier nanoTime, String... pairs) {
    return new TestingTransport(
        new ApacheHttpTransport(
            settings(pairs), material(), 1, InetAddress::getAllByName, nanoTime));
  }

  /** Trusts what this Java trusts by default. */
  private static TlsMaterial material() {
    try {
      return TlsMaterial.load(TrustGroup.ofJava(), Optional.empty());
    } catch (UnusableFileException e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpSettings settings(String... pairs) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      settings.put(pairs[i], pairs[i + 1]);
    }
    return HttpSettings.read(new ConfigReader(List.of(PropertySource.of(settings))));
  }

  HttpReply post(String url) throws TransportException {
    return post(url, LONG);
  }

  HttpReply post(String url, Duration time) throws TransportException {
    return transport.send(call(url), Deadline.in(time, System::nanoTime));
  }

  HttpReply postOnNewConnection(String url) throws TransportException {
    return transport.send(call(url).onNewConnection(), Deadline.in(LONG, System::nanoTime));
  }

  private static HttpCall call(String url) {
    return new HttpCall(
        "POST",
        URI.create(url),
        Map.of("Authorization", CREDENTIAL, "X-Test", "yes"),
        ("token=" + TOKEN).getBytes(UTF_8));
  }

  String text(String url) throws TransportException {
    return new String(post(url).body(), UTF_8);
  }

  /** How far a call gets that fails. */
  TransportException.Stage failure(String url) {
    return failure(url, LONG);
  }

  TransportException.Stage failure(String url, Duration time) {
    return assertThrows(TransportException.class, () -> post(url, time)).stage();
  }

  @Override
  public void close() {
    transport.close();
  }
}
