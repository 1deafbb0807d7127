/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.authserver.ApplicationKeys;
import dev.portcullis.authserver.SigningKeys;
import dev.portcullis.authserver.Timing;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertiesFile;
import dev.portcullis.keys.TlsMaterial;
import dev.portcullis.oauth.AccessToken;
import dev.portcullis.oauth.TokenQuery;
import dev.portcullis.oauth.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells what a configuration is worth without serving: mistakes in it, whether each target of the
 * authorization server can be reached, and whether it knows this client. A line for each finding,
 * with the key to change. Neither listens nor writes a file. For one thread.
 */
final class ConfigurationCheck {

  private static final String OK = "OK";
  private static final String ERROR = "ERROR";
  private static final String WARNING = "WARNING";

  private final Consumer<String> out;
  private boolean isWell = true;

  ConfigurationCheck(Consumer<String> out) {
    this.out = out;
  }

  /** Checks a file; false if anything is wrong. */
  boolean run(String file, boolean isOffline) {
    ConfigReader reader = new ConfigReader(List.of(source(file)));
    try {
      FilterSettings settings = FilterSettings.read(reader);
      reader.warnings().forEach(warning -> say(WARNING, warning));
      say(OK, "No mistake in " + file + ".");
      if (!isOffline) {
        connect(settings);
      }
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(problem -> say(ERROR, problem));
    }
    return isWell;
  }

  private static PropertiesFile source(String file) {
    try (InputStream content = Files.newInputStream(Path.of(file))) {
      return PropertiesFile.read(file, content);
    } catch (IOException | InvalidPathException e) {
      return PropertiesFile.unreadable(file); // becomes a finding that names the file
    }
  }

  private void connect(FilterSettings settings) throws InvalidConfigurationException {
    try (Teardown teardown = new Teardown()) {
      TlsMaterial material = ServerLink.material(settings);
      Instant now = Timing.ofThisMachine().clock().instant();
      ServerLink.identity(settings, material)
          .flatMap(identity -> ServerLink.problem(identity, now))
          .ifPresent(problem -> say(WARNING, problem));
      ServerLink link = ServerLink.open(settings, material, event -> {}, teardown);
      link.probe((level, text) -> say(level == System.Logger.Level.INFO ? OK : ERROR, text));
      if (settings.server().client().managesKeys()) {
        say(OK, "Not tried whether the server knows this client: its keys are made by the filter.");
      } else if (isWell) {
        authenticate(link);
      }
    }
  }

  /** Asks about a token that nobody has issued. */
  private void authenticate(ServerLink link) throws InvalidConfigurationException {
    Optional<SigningKeys> keys = link.signingKeys(new ApplicationKeys(), "");
    AccessToken madeUp = AccessToken.parse("made-up-by-the-check").orElseThrow();
    try {
      boolean isActive =
          link.introspector(keys)
              .introspect(new TokenQuery(madeUp, Optional.empty(), "check", Optional.empty()))
              .isActive();
      if (isActive) {
        say(ERROR, "as.introspection-endpoint: calls a token active that nobody has issued.");
      } else {
        say(OK, "The authorization server knows this client and answers.");
      }
    } catch (UnavailableException e) {
      say(
          ERROR,
          e.setting() + ": the authorization server was asked in vain: " + e.reason().code());
    }
  }

  private void say(String kind, String text) {
    isWell &= !kind.equals(ERROR);
    out.accept(kind + " " + text);
  }
}
