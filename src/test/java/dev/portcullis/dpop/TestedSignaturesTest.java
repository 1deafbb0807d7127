/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.oauth.BaseUrls;
import dev.portcullis.testing.CapturedLog;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Security;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine verifies, and that none does that fails its test. */
class TestedSignaturesTest {

  private static final String ALL =
      "ES256, ES384, ES512, PS256, PS384, PS512, RS256, RS384, RS512, EdDSA, Ed25519";

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private CapturedLog log;

  @BeforeEach
  void capture() {
    log = CapturedLog.of(TestedSignatures.class.getName());
  }

  @AfterEach
  void restore() {
    log.close();
    Thread.currentThread().setContextClassLoader(before);
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void knownProof_isJudgedRightlyByWhatIsInTheJar(SignatureAlgorithm algorithm) {
    KnownProof proof = KnownProof.of(EnumSet.of(algorithm)).get(algorithm);
    assertTrue(proof.isJudgedRightlyBy(Engines.builtIn()));
    assertTrue(proof.isJudgedRightlyBy(new JavaSignatures()));
  }

  @Test
  @DisplayName("Without a native provider: curves from the JAR, the rest by Java, and one line")
  void auto_isWhatIsInTheJar() throws Exception {
    assertEquals(
        "Bouncy Castle in the JAR (ES256, ES384, ES512);"
            + " Java (PS256, PS384, PS512, RS256, RS384, RS512, EdDSA, Ed25519)",
        tested("auto").toString());
    assertEquals(tested("auto").toString(), tested("built-in").toString());
    assertEquals(List.of(), log.linesAt(Level.WARNING));
    assertTrue(
        log.linesAt(Level.INFO).get(0).startsWith("DPoP proofs are verified by Bouncy Castle"));
  }

  @Test
  void java_isJavaForAll() throws Exception {
    assertEquals("Java (" + ALL + ")", tested("java").toString());
  }

  @Test
  void off_needsNothing() throws Exception {
    TestedSignatures none =
        TestedSignatures.of(settings("dpop.type", "off", "dpop.signature-provider", "accp"));
    assertFalse(none.has(SignatureAlgorithm.ES256));
    assertEquals(List.of(), log.lines());
  }

  @ParameterizedTest
  @CsvSource({
    "accp, com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider",
    "conscrypt, org.conscrypt.OpenSSLProvider"
  })
  void absentProvider_isAMistakeWhereItIsAskedFor(String name, String type) {
    assertEquals(
        "dpop.signature-provider: "
            + name
            + " needs the class "
            + type
            + ". Use auto, built-in or java, which need nothing.",
        problem(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"accp", "conscrypt"})
  void brokenProvider_isAMistakeWhereItIsAskedForAndElseAWarning(String name, @TempDir Path folder)
      throws Exception {
    SignatureProvider which =
        name.equals("accp") ? SignatureProvider.ACCP : SignatureProvider.CONSCRYPT;
    Path file = folder.resolve(which.type().replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "no class at all");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      String start = "dpop.signature-provider: " + name;
      String problem = problem(name);
      assertTrue(
          problem.startsWith(start + " cannot be used: java.lang.ClassFormatError"), problem);
      assertTrue(problem.endsWith(" Use auto, built-in or java, which need nothing."), problem);
      assertTrue(tested("auto").toString().startsWith("Bouncy Castle"));
      String warning = log.linesAt(Level.WARNING).get(0);
      assertTrue(
          warning.startsWith(start + " is there and cannot be used: java.lang.ClassFormatError"),
          warning);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"accp", "conscrypt"})
  @DisplayName("A provider that the application brings is used, and installed nowhere")
  void nativeProvider_isFoundAndUsed(String name) throws Exception {
    int installed = Security.getProviders().length;
    try (URLClassLoader loader = bringing(name)) {
      Thread.currentThread().setContextClassLoader(loader);
      String ofAuto = tested("auto").toString();
      assertEquals(ofAuto, tested(name).toString());
      String provider =
          name.equals("accp") ? "AmazonCorrettoCryptoProvider 2.5.0" : "Conscrypt 1.0";
      assertTrue(ofAuto.startsWith(provider + " (ES256, ES384, ES512, PS256, PS384, PS512, RS256"));
      assertEquals(loader, Thread.currentThread().getContextClassLoader());
    }
    assertEquals(installed, Security.getProviders().length);
    assertEquals(List.of(), log.linesAt(Level.WARNING));
  }

  @Test
  void engine_isNotKeptByTheProviderItUsed() throws Exception {
    try (URLClassLoader provider = bringing("conscrypt")) {
      WeakReference<ClassLoader> application = deployOnce(provider);
      for (int i = 0; i < 50 && application.get() != null; i++) {
        System.gc();
        Thread.onSpinWait();
      }
      assertEquals(null, application.get());
    }
  }

  /** An application with classes of its own whose filter used a provider of the container's. */
  private WeakReference<ClassLoader> deployOnce(ClassLoader container) throws Exception {
    URL classes = DpopSettings.class.getProtectionDomain().getCodeSource().getLocation();
    URLClassLoader application =
        new URLClassLoader(new URL[] {classes}, container) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.portcullis.dpop.Native")
                || name.startsWith("dev.portcullis.dpop.Signature")
                || name.startsWith("dev.portcullis.dpop.Java")
                || name.startsWith("dev.portcullis.dpop.Unusable")) {
              Class<?> loaded = findLoadedClass(name);
              return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
          }
        };
    Thread.currentThread().setContextClassLoader(application);
    Class<?> providers = application.loadClass("dev.portcullis.dpop.SignatureProvider");
    Method find =
        application
            .loadClass("dev.portcullis.dpop.NativeSignatures")
            .getDeclaredMethod("find", providers);
    find.setAccessible(true);
    Object found = find.invoke(null, providers.getEnumConstants()[4]);
    assertTrue(found.toString().contains("Conscrypt"), found::toString);
    assertEquals(application, found(found).getClassLoader());
    Thread.currentThread().setContextClassLoader(before);
    application.close();
    return new WeakReference<>(application);
  }

  private static Class<?> found(Object optional) {
    return ((Optional<?>) optional).orElseThrow().getClass();
  }

  @ParameterizedTest
  @ValueSource(strings = {"refuses all", "accepts all", "accepts a changed one", "throws"})
  @DisplayName("An engine that fails is replaced by Java, for that algorithm, and one line says so")
  void failingEngine_isReplaced(String fault) throws Exception {
    SignatureEngine good = Engines.builtIn();
    TestedSignatures tested =
        TestedSignatures.of(
            settings("dpop.signing-algorithms", "ES256, EdDSA"),
            List.of(faulty(fault, good)),
            new JavaSignatures());
    assertEquals("Java (ES256); Faulty (EdDSA)", tested.toString());
    assertEquals(
        List.of("dpop.signature-provider: Faulty fails the test of ES256: Java takes its place."),
        log.linesAt(Level.WARNING));
  }

  @Test
  @DisplayName("Where Java fails, too, the filter does not start")
  void failingJava_isNoStart() {
    SignatureEngine bad = faulty("accepts all", Engines.builtIn());
    InvalidConfigurationException failure =
        assertThrows(
            InvalidConfigurationException.class,
            () ->
                TestedSignatures.of(
                    settings("dpop.signing-algorithms", "ES256"), List.of(bad), bad));
    assertEquals(
        List.of(
            "dpop.signature-provider: nothing verifies ES256 here."
                + " Leave it out of dpop.signing-algorithms."),
        failure.problems());
  }

  /** Faulty for ES256 only. */
  private static SignatureEngine faulty(String fault, SignatureEngine good) {
    return new SignatureEngine() {
      @Override
      public KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key) {
        KeyVerifier right = good.verifier(algorithm, key);
        if (algorithm != SignatureAlgorithm.ES256) {
          return right;
        }
        return switch (fault) {
          case "refuses all" -> (input, signature) -> false;
          case "accepts all" -> (input, signature) -> true;
          case "accepts a changed one" ->
              (input, signature) -> signature[0] != 0 || signature[1] != 0;
          default ->
              (input, signature) -> {
                throw new IllegalStateException("broken");
              };
        };
      }

      @Override
      public String toString() {
        return "Faulty";
      }
    };
  }

  private static URLClassLoader bringing(String name) throws IOException {
    assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "the native libraries at hand are for Linux on x86-64");
    return new URLClassLoader(
        new URL[] {Path.of(System.getProperty(name + ".jar")).toUri().toURL()},
        Thread.currentThread().getContextClassLoader());
  }

  private static String problem(String provider) {
    return assertThrows(InvalidConfigurationException.class, () -> tested(provider))
        .problems()
        .get(0);
  }

  private static TestedSignatures tested(String provider) throws InvalidConfigurationException {
    return TestedSignatures.of(
        settings("dpop.signature-provider", provider, "dpop.signing-algorithms", ALL));
  }

  private static DpopSettings settings(String... keysAndValues) {
    return DpopProofValidatorTest.settings(
        new BaseUrls(List.of(URI.create("https://api.example.com"))), keysAndValues);
  }
}
