/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import dev.portcullis.config.ConfigReader;
import dev.portcullis.dpop.DpopSettings;
import dev.portcullis.oauth.Scopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is asked of a request and its token: {@code require.*}, {@code token.*}, {@code paths.*},
 * {@code rule.*} and {@code rules.default}.
 *
 * @param general what holds where no rule does
 * @param rules the rules, in the order of their names in the settings
 * @param isDeniedByDefault whether a request that no rule matches is refused
 * @param issuer issuer of the tokens
 * @param requiresHttps whether requests must come over TLS
 * @param clockSkew tolerance for {@code nbf}
 * @param bindsCertificates whether certificate-bound tokens are held to their certificate
 * @param excluded paths that are not protected
 * @param optional paths that a request may reach without a token
 */
public record AccessSettings(
    Requirements general,
    List<Rule> rules,
    boolean isDeniedByDefault,
    Issuer issuer,
    TokenTypes tokenTypes,
    boolean requiresHttps,
    Duration clockSkew,
    boolean bindsCertificates,
    boolean demandsBinding,
    List<String> excluded,
    List<String> optional) {

  /** {@code all} or {@code any} of the required scopes. */
  enum ScopesMatch {
    ALL,
    ANY
  }

  /** What happens to a request that no rule matches. */
  enum Default {
    REQUIRE,
    DENY
  }

  /** What is done about {@code cnf.x5t#S256}. */
  enum CertificateBinding {
    ENFORCE,
    IGNORE
  }

  /**
   * The issuer a token must come from.
   *
   * @param identifier the issuer identifier, if any is set
   * @param isDemanded whether a response must name its issuer
   */
  record Issuer(Optional<String> identifier, boolean isDemanded) {

    /** The key of the setting that says so. */
    String key() {
      return isDemanded ? "require.issuer" : "as.issuer";
    }
  }

  /**
   * What a token must bring.
   *
   * @param prefix what stands before the last part of the keys, such as {@code require.}
   * @param stepUp how its user must have authenticated
   * @param usage how it is to be presented, and how old an answer about it may be
   */
  record Requirements(
      String prefix,
      Scopes scopes,
      ScopesMatch scopesMatch,
      Set<String> audience,
      Set<String> clientIds,
      StepUp stepUp,
      Usage usage) {

    static Requirements read(
        ConfigReader config,
        String prefix,
        Optional<Requirements> general,
        StepUp stepUp,
        Usage usage) {
      return new Requirements(
          prefix,
          Scopes.of(scopeTokens(config, prefix + "scopes", general)),
          config.choice(
              prefix + "scopes-match",
              general.map(Requirements::scopesMatch).orElse(ScopesMatch.ALL)),
          Set.copyOf(list(config, prefix + "audience", general.map(Requirements::audience))),
          Set.copyOf(list(config, prefix + "client-ids", general.map(Requirements::clientIds))),
          stepUp,
          usage);
    }

    private static List<String> scopeTokens(
        ConfigReader config, String key, Optional<Requirements> general) {
      List<String> scopes = list(config, key, general.map(rule -> rule.scopes().values()));
      refuse(config, key, scopes, Scopes::isToken, "a scope token");
      return scopes;
    }

    private static List<String> list(
        ConfigReader config, String key, Optional<Set<String>> general) {
      return config.list(key, List.copyOf(general.orElse(Set.of())));
    }
  }

  /**
   * What is set elsewhere for the whole filter, and may be replaced by a rule.
   *
   * @param dpop whether DPoP proofs are accepted or demanded
   * @param dpopKey key of the setting that says so
   * @param timeToLive how old a remembered answer may be, if that is limited
   * @param maxLength how long a token may be
   */
  public record Usage(
      DpopSettings.Type dpop, String dpopKey, Optional<Duration> timeToLive, int maxLength) {

    static Usage read(ConfigReader config, Optional<Duration> timeToLive) {
      return new Usage(
          DpopSettings.type(config),
          DpopSettings.TYPE,
          timeToLive,
          config.integer(CredentialsExtractor.MAX_LENGTH, 16_384, 256, 131_072));
    }

    Usage read(ConfigReader config, String prefix) {
      String key = prefix + "dpop-type";
      return new Usage(
          config.choice(key, dpop),
          key,
          config.secondsOrUnlimited(prefix + "token-time-to-live", timeToLive),
          maxLength);
    }
  }

  /** A rule: where it holds and what a token must bring there. */
  record Rule(List<PathPattern> paths, Set<String> methods, Requirements requirements) {

    static Rule read(ConfigReader config, String name, Requirements general, Duration clockSkew) {
      String prefix = "rule." + name + ".";
      List<String> paths = patterns(config, prefix + "paths", List.of("/*"));
      List<String> methods = config.list(prefix + "methods");
      refuse(config, prefix + "methods", methods, METHOD.asMatchPredicate(), "a method name");
      for (String method : methods) {
        demandSame(config, prefix + "methods", method, method.toUpperCase(Locale.ROOT), "method");
      }
      return new Rule(
          paths.stream().filter(PathPattern::isValid).map(PathPattern::parse).toList(),
          Set.copyOf(methods),
          Requirements.read(
              config,
              prefix,
              Optional.of(general),
              StepUp.read(config, prefix, clockSkew),
              general.usage().read(config, prefix)));
    }
  }

  static final String CLOCK_SKEW = "token.clock-skew";

  private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** Copies the lists. */
  public AccessSettings {
    rules = List.copyOf(rules);
    excluded = List.copyOf(excluded);
    optional = List.copyOf(optional);
  }

  /**
   * Reads the settings.
   *
   * @param config where from
   * @param issuer the issuer identifier of the authorization server, {@code as.issuer}
   * @param usage what holds where no rule says otherwise
   * @param demandsBinding whether every token must be bound to a key or a certificate
   */
  public static AccessSettings read(
      ConfigReader config, Optional<String> issuer, Usage usage, boolean demandsBinding) {
    Duration clockSkew = config.seconds(CLOCK_SKEW, 10, 0, 60);
    Requirements general =
        Requirements.read(config, "require.", Optional.empty(), StepUp.NONE, usage);
    List<Rule> rules = new ArrayList<>();
    for (String name : config.names("rule")) {
      rules.add(Rule.read(config, name, general, clockSkew));
    }
    Optional<String> demanded = config.string("require.issuer");
    return new AccessSettings(
        general,
        rules,
        config.choice("rules.default", Default.REQUIRE) == Default.DENY,
        new Issuer(demanded.or(() -> issuer), demanded.isPresent()),
        TokenTypes.read(config),
        config.flag("require.https", true),
        clockSkew,
        config.choice("token.certificate-binding", CertificateBinding.ENFORCE)
            == CertificateBinding.ENFORCE,
        demandsBinding,
        open(config, "paths.excluded"),
        open(config, "paths.optional"));
  }

  /** How old a remembered answer may be, in all places. */
  public List<Optional<Duration>> timesToLive() {
    return usages().map(Usage::timeToLive).toList();
  }

  /** Whether DPoP proofs are accepted anywhere. */
  boolean acceptsDpop() {
    return usages().anyMatch(usage -> usage.dpop() != DpopSettings.Type.OFF);
  }

  /** Whether tokens without a DPoP proof are accepted anywhere. */
  boolean acceptsBearer() {
    return usages().anyMatch(usage -> usage.dpop() != DpopSettings.Type.REQUIRED);
  }

  private Stream<Usage> usages() {
    return Stream.concat(Stream.of(general), rules.stream().map(Rule::requirements))
        .map(Requirements::usage);
  }

  /** Patterns of paths that are open; one by suffix opens more than it seems to. */
  private static List<String> open(ConfigReader config, String key) {
    List<String> patterns = patterns(config, key, List.of());
    patterns.stream()
        .filter(pattern -> pattern.startsWith("*."))
        .findFirst()
        .ifPresent(
            suffix ->
                config.warn(
                    key,
                    suffix
                        + " holds for every path that ends so, such as /api/1"
                        + suffix.substring(1)
                        + "; name directories instead."));
    return patterns;
  }

  private static List<String> patterns(ConfigReader config, String key, List<String> fallback) {
    List<String> patterns = config.list(key, fallback);
    refuse(
        config, key, patterns, PathPattern::isValid, "a path pattern (/exact, /prefix/*, *.ext)");
    for (String pattern : patterns) {
      if (PathPattern.isValid(pattern)) {
        demandSame(config, key, pattern, PathPattern.decoded(pattern), "path");
      }
    }
    return patterns;
  }

  /** Refuses what matches nothing, since nothing is ever spelt that way where it is compared. */
  private static void demandSame(
      ConfigReader config, String key, String given, String compared, String what) {
    if (!given.equals(compared)) {
      config.problem(key, "'" + given + "' matches no " + what + ": '" + compared + "' would.");
    }
  }

  private static void refuse(
      ConfigReader config, String key, List<String> items, Predicate<String> good, String kind) {
    for (String item : items) {
      if (!good.test(item)) {
        config.problem(key, "'" + item + "' is not " + kind + ".");
      }
    }
  }
}
