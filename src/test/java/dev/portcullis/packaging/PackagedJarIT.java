/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.packaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the JAR that users drop into {@code WEB-INF/lib}, and what is not. */
class PackagedJarIT {
  private static final Path PATH = Path.of(System.getProperty("portcullis.jar"));
  private static final String SERVICES = "META-INF/services/";
  private static final String SHADED = "dev/portcullis/shaded/";
  private static final String PUBLIC_SUFFIX_LIST = "org/publicsuffix/list/effective_tld_names.dat";
  private static final int JAVA_17 = 61;

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(PATH.toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void jar_isAtMostSixMegabytes() throws IOException {
    assertTrue(Files.size(PATH) <= 6_000_000, () -> PATH + " is too big");
  }

  @Test
  void entries_areOursOrRelocatedOrListed() {
    Set<String> listed =
        Set.of(
            PUBLIC_SUFFIX_LIST,
            "META-INF/LICENSE",
            "META-INF/MANIFEST.MF",
            "META-INF/NOTICE",
            "META-INF/maven/dev.portcullis/portcullis/pom.properties",
            "META-INF/maven/dev.portcullis/portcullis/pom.xml",
            SERVICES + "dev.portcullis.shaded.ehcache.core.spi.service.ServiceFactory",
            SERVICES + "dev.portcullis.shaded.slf4j.spi.SLF4JServiceProvider");

    Set<String> files = entries(entry -> true).collect(toSet());

    assertEquals(Set.of(), without(listed, files), "missing");
    files.removeIf(file -> file.startsWith("dev/portcullis/"));
    assertEquals(Set.of(), without(files, listed), "not listed");
  }

  @Test
  void entries_occurOnce() {
    List<String> twice = new ArrayList<>(entries(entry -> true).toList());
    new HashSet<>(twice).forEach(twice::remove);

    assertEquals(List.of(), twice);
  }

  @Test
  @DisplayName("CFG-05: the JAR by itself checks a file, and its exit code tells what came of it")
  void jar_checksAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("p.properties");
    String settings = "as.targets = as.example.com:443\nas.introspection-endpoint = /introspect\n";
    Files.writeString(file, settings + "client.id = rs\nclient.secret = s3cret\n");
    assertEquals("0 OK No mistake in " + file + ".", check(file));
    Files.writeString(file, settings + "client.id = rs\nclient.secrets = s3cret\n");
    String mistakes = check(file);
    assertTrue(mistakes.startsWith("1 ERROR "), mistakes);
    assertTrue(mistakes.contains("Did you mean 'client.secret'?"), mistakes);
  }

  /** Exit code and output. */
  private static String check(Path file) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PATH.toString(),
                "check",
                "--offline",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return java.waitFor() + " " + output.strip();
  }

  @Test
  void classes_runOnJava17() {
    assertEquals(List.of(), classes(file -> majorVersion(file) > JAVA_17));
  }

  @Test
  @DisplayName(
      "CFG-08: no class refers to a library by its own name, so none of another version counts")
  void classes_referToNoLibraryByItsOwnName() {
    Pattern names =
        Pattern.compile(
            "(?<!/)(org/(apache/hc|bouncycastle|ehcache|jose4j|slf4j|terracotta)"
                + "|com/terracottatech)/");

    assertEquals(List.of(), classes(file -> names.matcher(text(file, true)).find()));
  }

  /** The names of system properties are relocated with those of the classes that read them. */
  @Test
  @DisplayName(
      "CFG-08: what is read by name of jose4j and Bouncy Castle is known, and theirs no more")
  void cryptographicLibraries_readKnownPropertiesOnly() {
    Pattern name =
        Pattern.compile("(?:org|dev\\.portcullis\\.shaded)\\.(?:jose4j|bouncycastle)\\.[\\w.-]+");
    String bouncyCastle = "dev.portcullis.shaded.bouncycastle.";
    String jose4j = "dev.portcullis.shaded.jose4j.";

    assertEquals(
        new TreeSet<>(
            Set.of(
                bouncyCastle + "asn1.allow_unsafe_integer", // nothing here reads ASN.1 by it
                bouncyCastle + "asn1.allow_wrong_oid_enc",
                bouncyCastle + "asn1.max_cons_depth",
                bouncyCastle + "asn1.max_limit",
                bouncyCastle + "constraints.allow_override", // nobody sets constraints
                bouncyCastle + "dh.allow_unsafe_p_value", // no Diffie-Hellman
                bouncyCastle + "ec.disable",
                bouncyCastle + "ec.disable_f2m",
                bouncyCastle + "ec.fp_certainty", // the curves are known ones
                bouncyCastle + "ec.fp_max_size",
                bouncyCastle + "ec.max_f2m_field_size",
                bouncyCastle + "emulate.oracle",
                jose4j + "jwe.kdf.ConcatenationKeyDerivationFunctionWithSha256", // a class of one's
                // own
                jose4j + "jws.default-allow-none", // what is allowed is said each time
                jose4j + "jws.getPayload-skip-verify", // the payload is not got there
                jose4j + "jws.use-legacy-rsapss-alg-names", // two names of the same
                jose4j + "zip.decompress-max-bytes")), // "zip" is refused
        entries(file -> file.endsWith(".class"))
            .flatMap(PackagedJarIT::constants)
            .filter(name.asMatchPredicate())
            .collect(toCollection(TreeSet::new)));
  }

  /** All that could be text constants of a class file, and more: each follows its length. */
  private static Stream<String> constants(String file) {
    String octets = text(file, true);
    return Pattern.compile("(?s)\u0001(.)(.)(?=[a-z])")
        .matcher(octets)
        .results()
        .map(
            start -> {
              int length = start.group(1).charAt(0) << 8 | start.group(2).charAt(0);
              return octets.substring(start.end(), Math.min(octets.length(), start.end() + length));
            });
  }

  @Test
  void shadedClasses_doWithoutJCache() {
    assertEquals(
        List.of(),
        classes(file -> file.startsWith(SHADED) && text(file, true).contains("javax/cache/")));
  }

  @Test
  void classes_referToNothingTheMinimiserLeftOut() {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);

    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(printer, printer, "--multi-release", "base", "--missing-deps", PATH.toString());

    List<String> missing = out.toString().lines().filter(PackagedJarIT::isOurs).toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void providers_areInside() {
    Set<String> providers =
        entries(file -> file.startsWith(SERVICES))
            .flatMap(file -> text(file, false).lines())
            .filter(line -> !line.isBlank())
            .collect(toSet());

    assertFalse(providers.isEmpty());
    providers.removeIf(provider -> jar.getEntry(provider.replace('.', '/') + ".class") != null);
    assertEquals(Set.of(), providers);
  }

  @Test
  void manifest_saysWhatContainersAsk() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();

    assertAll(
        () -> assertEquals("dev.portcullis", manifest.getValue("Automatic-Module-Name")),
        () -> assertEquals("jdk.unsupported,jdk.net", manifest.getValue("Dependencies")),
        () ->
            assertEquals(
                System.getProperty("portcullis.version"),
                manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION)));
  }

  @Test
  void pom_bringsNoDependency() {
    String pom = text("META-INF/maven/dev.portcullis/portcullis/pom.xml", false);

    assertFalse(pom.contains("<dependency>"), pom);
  }

  @Test
  void licences_nameWhatIsInside() {
    String notice = text("META-INF/NOTICE", false);

    assertTrue(text("META-INF/LICENSE", false).contains("Apache License"));
    assertFalse(notice.contains("${"), notice);
    for (String work :
        List.of("HttpClient 5", "HttpComponents Core", "jose4j 0", "Ehcache 3", "SLF4J 2")) {
      assertTrue(notice.contains(work), work);
    }
  }

  private static Stream<String> entries(Predicate<String> wanted) {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).filter(wanted);
  }

  private static List<String> classes(Predicate<String> wanted) {
    return entries(file -> file.endsWith(".class")).filter(wanted).toList();
  }

  private static int majorVersion(String file) {
    byte[] bytes = bytes(file);
    return (bytes[6] & 0xff) << 8 | (bytes[7] & 0xff);
  }

  /** As Latin-1 every byte is a character, so that names in a class file can be searched for. */
  private static String text(String file, boolean binary) {
    return new String(bytes(file), binary ? ISO_8859_1 : UTF_8);
  }

  private static byte[] bytes(String file) {
    try (var in = jar.getInputStream(jar.getEntry(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  /** Whether a line {@code who -> what not found} is about a class that should be inside. */
  private static boolean isOurs(String line) {
    return line.matches(".*->\\s+dev\\.portcullis\\..*");
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    return all.stream().filter(one -> !some.contains(one)).collect(toCollection(TreeSet::new));
  }
}
