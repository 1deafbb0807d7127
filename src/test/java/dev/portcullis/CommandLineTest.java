/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.config.PropertiesFile;
import dev.portcullis.testing.Answers;
import dev.portcullis.testing.Golden;
import dev.portcullis.testing.RecordedRequest;
import dev.portcullis.testing.TestingAuthorizationServer;
import dev.portcullis.testing.TestingCertificates;
import dev.portcullis.testing.TestingCertificates.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check on the command line, with a file and a server. */
class CommandLineTest {

  private static final TestingCertificates CERTIFICATES = TestingCertificates.shared();
  private static final String NAMES =
      "(?<=audit|rule|trust|key-pair)\\.(journal|orders|corp|rs)\\.";
  private static final String SECRET = "never-printed-secret";

  @TempDir private Path directory;
  private final Map<String, String> settings = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();
  private TestingAuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server = TestingAuthorizationServer.secured(CERTIFICATES.context(Server.GOOD));
    settings.put("as.targets", server.hostAndPort());
    settings.put("as.introspection-endpoint", "/introspect");
    settings.put("as.trusted-certificate-group", "corp");
    settings.put("trust.corp.store", CERTIFICATES.trustStore().toString());
    settings.put("trust.corp.store-password", TestingCertificates.PASSWORD);
    settings.put("client.id", "rs-1");
    settings.put("client.secret", SECRET);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    assertFalse(lines.toString().contains(SECRET));
  }

  @Test
  @DisplayName("CFG-05: all is well when the server calls a made-up token inactive")
  void rightSettings_areTriedWithTheServer() throws Exception {
    assertTrue(check());
    assertEquals(
        List.of(
            "OK No mistake in " + file() + ".",
            "OK A connection to the authorization server at "
                + server.hostAndPort()
                + " is possible.",
            "OK The authorization server knows this client and answers."),
        lines);
    RecordedRequest asked = server.onlyRequest();
    assertEquals("made-up-by-the-check", asked.parameter("token").orElseThrow());
  }

  @Test
  @DisplayName("CFG-05: every mistake has its line, and nobody is asked")
  void mistakes_areAllTold() throws Exception {
    settings.put("as.secure", "perhaps");
    settings.put("dpop.requred", "true");
    assertFalse(check());
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("ERROR as.secure: must be true or false"), lines.get(0));
    assertTrue(lines.get(1).startsWith("ERROR Unknown setting 'dpop.requred'"), lines.get(1));
    assertEquals(0, server.connections());
  }

  @Test
  void offline_asksNobody() throws Exception {
    assertTrue(check("--offline"));
    assertEquals(List.of("OK No mistake in " + file() + "."), lines);
    assertEquals(0, server.connections());
  }

  @Test
  void warning_isNoMistake() throws Exception {
    settings.put("client.secret-method", "post");
    assertTrue(check("--offline"));
    assertTrue(lines.get(0).startsWith("WARNING client.secret-method: "), lines.get(0));
  }

  @Test
  void serverThatIsDown_isToldOfEachTarget() throws Exception {
    server.stop();
    assertFalse(check());
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.get(1).startsWith("ERROR No connection to the "), lines.get(1));
    assertTrue(lines.get(1).endsWith("See as.targets."), lines.get(1));
  }

  @Test
  void clientThatIsRefused_isToldItsCredentials() throws Exception {
    server.always(Answers.status(401));
    assertFalse(check());
    assertEquals(
        "ERROR client.secret: the authorization server was asked in vain: as_client_rejected",
        lines.get(2));
  }

  @ParameterizedTest
  @CsvSource({"none, client.credentials-type", "bearer-token, client.token"})
  @DisplayName("FLD-27, FLD-28: credentials of each kind are tried")
  void otherCredentials_areTried(String type, String setting) throws Exception {
    settings.remove("client.secret");
    settings.put("client.credentials-type", type);
    if (type.equals("bearer-token")) {
      settings.put("client.token", "own");
    }
    assertTrue(check(), lines::toString);
    assertEquals(
        type.equals("none"), lines.get(0).startsWith("WARNING client.credentials-type: none: "));
    lines.clear();
    server.always(Answers.status(401));
    assertFalse(check());
    assertTrue(
        lines.contains(
            "ERROR "
                + setting
                + ": the authorization server was asked in vain: as_client_rejected"),
        lines::toString);
  }

  @Test
  void serverThatLetsEverybodyIn_isToldOf() throws Exception {
    server.token("made-up-by-the-check", "{\"active\":true}");
    assertFalse(check());
    assertEquals(
        "ERROR as.introspection-endpoint: calls a token active that nobody has issued.",
        lines.get(2));
  }

  @Test
  void certificateThatIsExpired_isWarnedOf() throws Exception {
    settings.remove("client.secret");
    settings.put("client.credentials-type", "mutual-tls");
    settings.put("client.key-pair", "own");
    settings.put("key-pair.own.file", CERTIFICATES.keyStore(Server.EXPIRED).toString());
    settings.put("key-pair.own.password", TestingCertificates.PASSWORD);
    assertTrue(check(), lines::toString);
    String expected = "WARNING client.key-pair: the certificate is expired or not yet valid: ";
    assertTrue(lines.get(1).startsWith(expected), lines::toString);
  }

  @Test
  void metadataThatCannotBeHad_isToldOf() throws Exception {
    settings.remove("as.targets");
    settings.remove("as.introspection-endpoint");
    settings.put("as.issuer", server.url(""));
    settings.put("as.discovery", "true");
    server.always(Answers.status(404));
    assertFalse(check());
    assertTrue(lines.get(lines.size() - 1).startsWith("ERROR "), lines::toString);
    assertTrue(lines.get(lines.size() - 1).contains("as.issuer"), lines::toString);
  }

  @Test
  void keysThatTheFilterMakes_areNotMade() throws Exception {
    Path keys = directory.resolve("keys.json");
    settings.remove("client.secret");
    settings.put("client.credentials-type", "private-key-jwt");
    settings.put("client.signing-keys-file", keys.toString());
    settings.put("as.issuer", "https://as.example.com");
    settings.put("as.token-endpoint", "/token");
    assertTrue(check(), lines::toString);
    assertTrue(lines.get(2).startsWith("OK Not tried whether"), lines::toString);
    assertFalse(Files.exists(keys));
    assertEquals(0, server.requests().size());
  }

  @Test
  void fileThatIsNotThere_isNamed() {
    assertFalse(CommandLine.run(List.of("check", "nowhere.properties"), lines::add));
    assertTrue(lines.get(0).contains("cannot read 'nowhere.properties'"), lines::toString);
  }

  @Test
  @DisplayName("CFG-05: the list of settings has every key, and changes nothing where it stands")
  void settings_areAFileToBeginWith() throws Exception {
    assertTrue(CommandLine.run(List.of("settings"), lines::add));
    List<String> printed = new ArrayList<>();
    for (int i = 2; i < lines.size(); i += 3) {
      assertEquals("", lines.get(i));
      String[] description = lines.get(i + 1).substring(2).split(": ", 2);
      String[] setting = lines.get(i + 2).substring(1).split("=", 2);
      String allowed = description.length == 1 ? "" : " (" + description[1] + ")";
      String fallback = setting[1].isEmpty() ? "" : " = " + setting[1];
      printed.add(setting[0] + ": " + description[0] + allowed + fallback);
    }
    assertEquals(
        Golden.paragraphs("settings.golden").get(0).stream()
            .filter(line -> !line.startsWith("config-file: "))
            .map(line -> line.replaceFirst(NAMES, ".name."))
            .toList(),
        printed);
    List<String> file = new ArrayList<>(lines);
    file.add("client.id=rs-1");
    Files.write(file(), file);
    assertEquals(1, PropertiesFile.read("f", Files.newInputStream(file())).keys().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "check", "settings x", "serve x", "check a b", "--offline check"})
  void otherArguments_areAnsweredWithTheUsage(String arguments) {
    assertFalse(CommandLine.run(List.of(arguments.split(" ")), lines::add));
    assertTrue(lines.get(0).startsWith("Usage: java -jar portcullis.jar check "), lines.get(0));
  }

  private boolean check(String... options) throws IOException {
    List<String> entries =
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + " = " + entry.getValue())
            .collect(Collectors.toList());
    Files.write(file(), entries);
    List<String> arguments = new ArrayList<>(List.of("check"));
    arguments.addAll(List.of(options));
    arguments.add(file().toString());
    return CommandLine.run(arguments, lines::add);
  }

  private Path file() {
    return directory.resolve("portcullis.properties");
  }
}
