/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import dev.portcullis.config.InvalidConfigurationException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing keys that are made, kept, shared and rolled by the product. */
class RollingKeysTest {

  private static final Duration INTERVAL = Duration.ofHours(24);

  @TempDir Path folder;

  private final List<AuditEvent> events = new ArrayList<>();
  private final RecordingLogger logger = new RecordingLogger();
  private final List<RollingKeys> opened = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  @AfterEach
  void close() {
    opened.forEach(RollingKeys::close);
  }

  private Path file() {
    return folder.resolve("signing-keys.json");
  }

  private RollingKeys open(
      Optional<Path> file, Optional<SigningAlgorithm> algorithm, Optional<Duration> interval)
      throws InvalidConfigurationException {
    RollingKeys keys =
        RollingKeys.open(
            new SigningKeySettings.Managed(file, algorithm, interval, Duration.ofSeconds(60)),
            List.of(),
            () -> now,
            events::add,
            logger);
    opened.add(keys);
    return keys;
  }

  private RollingKeys inMemory() throws InvalidConfigurationException {
    return open(Optional.empty(), Optional.of(SigningAlgorithm.ES256), Optional.of(INTERVAL));
  }

  private RollingKeys node() throws InvalidConfigurationException {
    return open(Optional.of(file()), Optional.of(SigningAlgorithm.ES256), Optional.of(INTERVAL));
  }

  private List<String> problems() {
    return assertThrows(InvalidConfigurationException.class, this::node).problems();
  }

  private static Set<String> published(RollingKeys keys) throws Exception {
    Set<String> ids = new TreeSet<>();
    new JsonWebKeySet(keys.publicKeys().orElseThrow())
        .getJsonWebKeys()
        .forEach(key -> ids.add(key.getKeyId()));
    return ids;
  }

  private List<String> trail() {
    return events.stream()
        .map(event -> event.get(AuditField.KIND).orElse("") + " " + detail(event))
        .toList();
  }

  private static Object detail(AuditEvent event) {
    return event.get(AuditField.DETAIL).orElse("");
  }

  private List<String> errors() {
    return logger.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
  }

  @Test
  void withoutFile_keysAreInMemoryAndWarnedOf() throws Exception {
    RollingKeys keys = open(Optional.empty(), Optional.empty(), Optional.of(INTERVAL));
    assertEquals(SigningAlgorithm.RS256, keys.current().algorithm());
    assertEquals(2, published(keys).size());
    assertEquals(
        List.of(
            "WARNING client.signing-keys-file: is not set, so the signing keys change with every"
                + " restart and are not shared between nodes."),
        logger.lines());
    assertEquals(List.of("signing-key-created " + keys.current().id()), trail());
  }

  @Test
  void roll_comesAfterTheIntervalAndNotBefore() throws Exception {
    RollingKeys keys = inMemory();
    String first = keys.current().id();
    now = now.plus(INTERVAL).minusMillis(1);
    keys.check();
    assertEquals(first, keys.current().id());
    now = now.plusMillis(1);
    keys.check();
    assertNotEquals(first, keys.current().id());
    assertEquals("signing-key-rolled " + keys.current().id(), trail().get(1));
    keys.check();
    assertEquals(2, events.size());
  }

  @Test
  void keyIsPublished_beforeItSignsAndAfter() throws Exception {
    RollingKeys keys = inMemory();
    String first = keys.current().id();
    Set<String> before = published(keys);
    now = now.plus(INTERVAL);
    keys.check();
    assertTrue(before.contains(keys.current().id()));
    assertTrue(published(keys).contains(first));
    assertEquals(3, published(keys).size());
    now = now.plus(INTERVAL);
    keys.check();
    assertFalse(published(keys).contains(first));
    assertEquals(3, published(keys).size());
  }

  @Test
  void rollSwitchedOff_neverComes() throws Exception {
    RollingKeys keys = open(Optional.empty(), Optional.empty(), Optional.empty());
    String first = keys.current().id();
    now = now.plus(Duration.ofDays(4000));
    keys.check();
    assertEquals(first, keys.current().id());
  }

  @Test
  @DisplayName("CAU-15: what is published has public members only")
  void publication_hasNoPrivateMember() throws Exception {
    for (SigningAlgorithm algorithm : List.of(SigningAlgorithm.RS256, SigningAlgorithm.ES256)) {
      RollingKeys keys = open(Optional.empty(), Optional.of(algorithm), Optional.of(INTERVAL));
      Set<String> allowed = Set.of("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y");
      for (JsonWebKey key : new JsonWebKeySet(keys.publicKeys().orElseThrow()).getJsonWebKeys()) {
        Set<String> members = key.toParams(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE).keySet();
        assertTrue(allowed.containsAll(members), members::toString);
      }
    }
  }

  @Test
  void file_isMadeForItsOwnerOnlyAndReadAtTheNextStart() throws Exception {
    RollingKeys first = node();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertTrue(Files.readString(file()).contains("\"d\""));
    RollingKeys second = node();
    assertEquals(first.current().id(), second.current().id());
    assertEquals(first.publicKeys(), second.publicKeys());
    assertEquals(List.of("signing-key-created " + first.current().id()), trail());
    assertEquals(List.of(), logger.lines());
  }

  @Test
  void rollOfOneNode_isSeenByTheOther() throws Exception {
    RollingKeys one = node();
    RollingKeys other = node();
    now = now.plus(INTERVAL);
    one.check();
    other.check();
    assertEquals(one.current().id(), other.current().id());
    assertEquals(one.publicKeys(), other.publicKeys());
    assertEquals(
        List.of(
            "signing-key-rolled " + one.current().id(), "file-reloaded client.signing-keys-file"),
        trail().subList(1, 3));
    assertEquals(3, events.size());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void nodesThatRollAtOnce_rollOnce() throws Exception {
    RollingKeys one = node();
    RollingKeys other = node();
    now = now.plus(INTERVAL);
    List<CompletableFuture<Void>> rolls =
        List.of(CompletableFuture.runAsync(one::check), CompletableFuture.runAsync(other::check));
    rolls.forEach(CompletableFuture::join);
    assertEquals(one.current().id(), other.current().id());
    assertEquals(
        1, trail().stream().filter(entry -> entry.startsWith("signing-key-rolled")).count());
    assertEquals(List.of(), errors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "{\"keys\":[]}", "{\"since\":1,\"keys\":[{},{}]}"})
  @DisplayName("CAU-07: a broken file keeps the keys and is reported once, until it is whole again")
  void brokenFile_keepsTheKeys(String content) throws Exception {
    RollingKeys keys = node();
    String whole = Files.readString(file());
    String before = keys.current().id();
    Files.writeString(file(), content);
    now = now.plus(INTERVAL);
    keys.check();
    keys.check();
    assertEquals(before, keys.current().id());
    assertEquals(
        List.of(
            "ERROR client.signing-keys-file: cannot use '"
                + file()
                + "'; the signing keys stay as they are."),
        errors());
    assertEquals(content, Files.readString(file()));
    Files.writeString(file(), whole);
    keys.check();
    assertNotEquals(before, keys.current().id());
    assertEquals(1, errors().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "not JSON"})
  @DisplayName("CAU-07: a file without keys stops the start and is not overwritten")
  void brokenFile_stopsTheStart(String content) throws Exception {
    Files.writeString(file(), content);
    assertEquals(List.of("client.signing-keys-file: cannot use '" + file() + "'."), problems());
    assertEquals(content, Files.readString(file()));
  }

  @Test
  void missingFolder_stopsTheStart() {
    Path nowhere = folder.resolve("missing").resolve("keys");
    assertEquals(
        List.of("client.signing-keys-file: cannot use '" + nowhere + "'."),
        assertThrows(
                InvalidConfigurationException.class,
                () -> open(Optional.of(nowhere), Optional.empty(), Optional.empty()))
            .problems());
  }

  @Test
  @DisplayName("CAU-12: keys of another algorithm stop the start; without one set, they hold")
  void otherAlgorithm_isRefused() throws Exception {
    node();
    assertEquals(
        List.of("client.assertion-algorithm: differs from that of the keys in the file."),
        assertThrows(
                InvalidConfigurationException.class,
                () ->
                    open(
                        Optional.of(file()), Optional.of(SigningAlgorithm.RS256), Optional.empty()))
            .problems());
    RollingKeys kept = open(Optional.of(file()), Optional.empty(), Optional.empty());
    assertEquals(SigningAlgorithm.ES256, kept.current().algorithm());
  }

  @Test
  void lockOfAnother_isWaitedFor() throws Exception {
    Path lock = folder.resolve(".signing-keys.json.lock");
    CompletableFuture<RollingKeys> waiting;
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      waiting =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return node();
                } catch (InvalidConfigurationException e) {
                  throw new AssertionError(e);
                }
              });
      assertFalse(Files.exists(file()));
    }
    assertEquals(2, published(waiting.get()).size());
    assertTrue(Files.exists(file()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1,ES256", "secp384r1,ES384", "secp521r1,ES512"})
  @DisplayName("CAU-12: the algorithm follows the key where it leaves no choice")
  void curve_decidesTheAlgorithm(String curveAndAlgorithm) throws Exception {
    String[] parts = curveAndAlgorithm.split(",");
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(parts[0]));
    assertEquals(
        Optional.of(SigningAlgorithm.valueOf(parts[1])),
        SigningAlgorithm.usualFor(generator.generateKeyPair().getPublic()));
  }

  @Test
  @DisplayName("CAU-12: Ed25519 signs by EdDSA, X25519 by nothing")
  void edwardsCurve_signsByEdDsa() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertEquals(Optional.of(SigningAlgorithm.EDDSA), SigningAlgorithm.usualFor(pair.getPublic()));
    assertTrue(
        SigningKey.registered(
                pair.getPrivate(), pair.getPublic(), SigningAlgorithm.EDDSA, Optional.empty())
            .isPresent());
    assertEquals(
        Optional.empty(),
        SigningAlgorithm.usualFor(
            KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic()));
  }

  @Test
  @DisplayName("CAU-12: RSA keys below 2048 bits and keys that do not belong together are refused")
  void unsuitableKeys_areRefused() throws Exception {
    assertTrue(registered(rsa(2048), rsa(1024)).isEmpty());
    KeyPair small = rsa(1024);
    assertTrue(registered(small, small).isEmpty());
    KeyPair good = rsa(2048);
    assertTrue(registered(good, good).isPresent());
    assertTrue(registered(good, rsa(2048)).isEmpty());
  }

  private static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static Optional<SigningKey> registered(KeyPair one, KeyPair other) {
    return SigningKey.registered(
        one.getPrivate(), other.getPublic(), SigningAlgorithm.PS256, Optional.empty());
  }
}
