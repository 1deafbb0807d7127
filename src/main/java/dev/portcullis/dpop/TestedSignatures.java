/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.threads.OwnThread;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;

/**
 * For each algorithm that proofs may use, the engine that verifies it here. Each has judged a known
 * proof rightly at the start: what fails that is replaced by Java, and where Java fails, too, there
 * is no start. Safe for use by several threads.
 */
public final class TestedSignatures implements SignatureEngine {

  private static final Logger LOG = System.getLogger(TestedSignatures.class.getName());
  private static final String SETTING = "dpop.signature-provider";
  private static final List<SignatureProvider> NATIVE =
      List.of(SignatureProvider.ACCP, SignatureProvider.CONSCRYPT);

  private final Map<SignatureAlgorithm, SignatureEngine> engines;

  private TestedSignatures(Map<SignatureAlgorithm, SignatureEngine> engines) {
    this.engines = engines;
  }

  /**
   * Finds what is to verify, and tests it. Where there are no proofs, that is nothing.
   *
   * @throws InvalidConfigurationException if what the settings ask for is not there or does not
   *     work
   */
  public static TestedSignatures of(DpopSettings settings) throws InvalidConfigurationException {
    if (!settings.isOn()) {
      return new TestedSignatures(Map.of());
    }
    TestedSignatures tested = onItsOwn(settings);
    LOG.log(Level.INFO, "DPoP proofs are verified by " + tested);
    return tested;
  }

  /** Where the first use of Bouncy Castle leaves its defaults with the thread. */
  private static TestedSignatures onItsOwn(DpopSettings settings)
      throws InvalidConfigurationException {
    try {
      return OwnThread.call(
          "portcullis-dpop-test", () -> of(settings, preferred(settings), new JavaSignatures()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidConfigurationException invalid) {
        throw invalid;
      }
      throw new IllegalStateException("the test of the signatures failed", e.getCause());
    }
  }

  /** The same with those engines, the best first, and with that one for what fails. */
  static TestedSignatures of(
      DpopSettings settings, List<SignatureEngine> preferred, SignatureEngine last)
      throws InvalidConfigurationException {
    Map<SignatureAlgorithm, SignatureEngine> engines = new EnumMap<>(SignatureAlgorithm.class);
    for (KnownProof proof : KnownProof.of(settings.algorithms()).values()) {
      SignatureAlgorithm algorithm = proof.algorithm();
      SignatureEngine first =
          preferred.stream().filter(engine -> engine.has(algorithm)).findFirst().orElse(last);
      engines.put(algorithm, proof.isJudgedRightlyBy(first) ? first : replace(first, proof, last));
    }
    return new TestedSignatures(engines);
  }

  private static SignatureEngine replace(
      SignatureEngine failed, KnownProof proof, SignatureEngine last)
      throws InvalidConfigurationException {
    if (!proof.isJudgedRightlyBy(last)) {
      throw invalid(
          "nothing verifies "
              + proof.algorithm()
              + " here. Leave it out of dpop.signing-algorithms.");
    }
    warn(failed + " fails the test of " + proof.algorithm() + ": " + last + " takes its place.");
    return last;
  }

  private static List<SignatureEngine> preferred(DpopSettings settings)
      throws InvalidConfigurationException {
    List<SignatureEngine> engines = new ArrayList<>();
    switch (settings.signatureProvider()) {
      case AUTO -> NATIVE.forEach(which -> lookFor(which, settings).ifPresent(engines::add));
      case ACCP, CONSCRYPT -> engines.add(demand(settings.signatureProvider(), settings));
      case BUILT_IN, JAVA -> {}
    }
    if (settings.signatureProvider() != SignatureProvider.JAVA) {
      engines.add(new CurveSignatures());
    }
    engines.add(new JavaSignatures());
    return engines;
  }

  private static Optional<SignatureEngine> lookFor(SignatureProvider which, DpopSettings settings) {
    try {
      return find(which, settings);
    } catch (UnusableProviderException e) {
      warn(which.text() + " is there and cannot be used: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static SignatureEngine demand(SignatureProvider which, DpopSettings settings)
      throws InvalidConfigurationException {
    String instead = " Use auto, built-in or java, which need nothing.";
    try {
      return find(which, settings)
          .orElseThrow(
              () -> invalid(which.text() + " needs the class " + which.type() + "." + instead));
    } catch (UnusableProviderException e) {
      throw invalid(which.text() + " cannot be used: " + e.getMessage() + "." + instead);
    }
  }

  private static Optional<SignatureEngine> find(SignatureProvider which, DpopSettings settings)
      throws UnusableProviderException {
    Optional<SignatureEngine> engine = NativeSignatures.find(which);
    if (engine.isPresent() && settings.algorithms().stream().noneMatch(engine.get()::has)) {
      throw new UnusableProviderException("it has none of dpop.signing-algorithms on this machine");
    }
    return engine;
  }

  private static void warn(String problem) {
    LOG.log(Level.WARNING, SETTING + ": " + problem);
  }

  private static InvalidConfigurationException invalid(String problem) {
    return new InvalidConfigurationException(List.of(SETTING + ": " + problem));
  }

  @Override
  public boolean has(SignatureAlgorithm algorithm) {
    return engines.containsKey(algorithm);
  }

  @Override
  public KeyVerifier verifier(SignatureAlgorithm algorithm, PublicKey key) {
    return Objects.requireNonNull(engines.get(algorithm)).verifier(algorithm, key);
  }

  /** Which engine verifies what. */
  @Override
  public String toString() {
    Map<String, StringJoiner> algorithms = new LinkedHashMap<>();
    engines.forEach(
        (algorithm, engine) ->
            algorithms
                .computeIfAbsent(engine.toString(), name -> new StringJoiner(", "))
                .add(algorithm.toString()));
    StringJoiner text = new StringJoiner("; ");
    algorithms.forEach((engine, names) -> text.add(engine + " (" + names + ")"));
    return text.toString();
  }
}
