/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ANONYMOUS_CLASSES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLConnection;
import java.nio.channels.NetworkChannel;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The map of the packages: who may import whom, where each technology has its place, and what a
 * class may look like.
 */
class PackageRulesTest {

  private static final String BASE = "dev.portcullis";

  /** Decide about requests, or are used where that is done: see neither a servlet nor a socket. */
  private static final String[] DECIDING =
      inBase("oauth", "dpop", "forwarding", "access", "audit", "json", "config", "api");

  /** Where the machine's clock is handed to those who need to know the time. */
  private static final Set<String> WIRING = Set.of(BASE + ".Assembly", BASE + ".authserver.Timing");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages(BASE);

  /**
   * A package and what it may import besides Java itself.
   *
   * @param name its name
   * @param ours packages of ours
   * @param others packages of others, as patterns
   */
  private record Room(String name, List<String> ours, List<String> others) {

    static Room of(String name, String ours, String... others) {
      return new Room(name, ours.isEmpty() ? List.of() : List.of(ours.split(" ")), List.of(others));
    }

    String[] allowed() {
      Stream<String> always = Stream.of("java..", "org.jspecify.annotations", inBase(name)[0]);
      Stream<String> named = Stream.concat(Stream.of(inBase(ours)), others.stream());
      return Stream.concat(always, named).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name.isEmpty() ? "the door" : name;
    }
  }

  /** All packages, from the top down. */
  static List<Room> rooms() {
    return List.of(
        Room.of(
            "",
            "store introspection audit access forwarding authserver http keys dpop oauth config json api threads",
            "jakarta.servlet..",
            "javax.management.."),
        Room.of(
            "store",
            "introspection dpop oauth config api threads",
            "org.ehcache..",
            "javax.cache.."),
        Room.of("introspection", "oauth authserver config json api threads", "org.jose4j.."),
        Room.of("audit", "access oauth config json api", "javax.sql..", "javax.naming.."),
        Room.of("access", "dpop oauth config json api"),
        Room.of("authserver", "http keys config json api threads", "org.jose4j.."),
        Room.of("http", "keys config api threads", "org.apache.hc..", "javax.net.."),
        Room.of(
            "keys",
            "config api threads",
            "javax.net.ssl..",
            "javax.crypto..",
            "javax.security.auth.."),
        Room.of("forwarding", "oauth config api"),
        Room.of("dpop", "oauth config json api threads", "javax.crypto..", "org.bouncycastle.."),
        Room.of("oauth", "json api"),
        Room.of("config", "api"),
        Room.of("json", ""),
        Room.of("api", ""),
        Room.of("threads", ""),
        Room.of("logging", "", "org.slf4j.."));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void eachPackage_importsOnlyWhatItMay(Room room) {
    classes()
        .that()
        .resideInAPackage(inBase(room.name())[0])
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(room.allowed())
                .or(describe("are primitive", JavaClass::isPrimitive)))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void everyPackage_hasItsPlaceInTheTable() {
    Set<String> known = Set.of(inBase(rooms().stream().map(Room::name).toList()));

    assertEquals(Set.of(), packages().filter(name -> !known.contains(name)).collect(asSet()));
  }

  @Test
  void packages_formNoCycle() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(MAIN);
    noClasses()
        .that(not(resideInAPackage(BASE)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE)
        .check(MAIN);
  }

  @Test
  void decidingColumn_seesNeitherServletNorSocket() {
    noClasses()
        .that()
        .resideInAnyPackage(DECIDING)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("jakarta.servlet..", "java.net.http..", "javax.net..")
                .or(assignableToAny(Socket.class, ServerSocket.class, URLConnection.class))
                .or(assignableToAny(NetworkChannel.class)))
        .check(MAIN);
  }

  @Test
  @DisplayName("MTB-10: of a client's certificate nothing is looked at but its encoding")
  void clientCertificates_areDigestedAndNotRead() {
    noClasses()
        .that()
        .resideInAnyPackage(inBase("", "access", "oauth", "forwarding"))
        .should()
        .callMethodWhere(describe("read a certificate", PackageRulesTest::readsCertificate))
        .check(MAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dpop.DpopProofValidator.checkTokenHash",
        "dpop.DpopNonces.isAuthentic",
        "access.SenderConstraint.isSame",
        "access.CertificateBinding.holds"
      })
  @DisplayName("DPOP-46: what is compared with a secret, or a digest of one, takes constant time")
  void digests_areComparedInConstantTime(String method) {
    int dot = method.lastIndexOf('.');
    JavaClass type = MAIN.get(BASE + "." + method.substring(0, dot));
    assertTrue(
        type.getMethodCallsFromSelf().stream()
            .filter(call -> call.getOrigin().getName().equals(method.substring(dot + 1)))
            .anyMatch(
                call ->
                    call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                        && call.getName().equals("isEqual")));
  }

  private static boolean readsCertificate(JavaCall<?> call) {
    return call.getTargetOwner().isAssignableTo(Certificate.class)
        && !call.getName().equals("getEncoded");
  }

  @Test
  void sqlAndNaming_areForTheAuditTrailAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".audit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "javax.naming..")
        .check(MAIN);
  }

  @Test
  void management_isForTheDoorAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.management..", "java.lang.management..")
        .check(MAIN);
  }

  @Test
  void time_isAskedForOnlyWhereItIsWired() {
    noClasses()
        .that(not(describe("wire", type -> WIRING.contains(type.getName()))))
        .should()
        .callCodeUnitWhere(describe("ask the machine for the time", PackageRulesTest::asksForTime))
        .orShould()
        .accessTargetWhere(
            describe("refer to the machine's clock", access -> asksForTime(access.getTarget())))
        .check(MAIN);
  }

  @Test
  void classes_areFinalUnlessTheirSubclassesAreKnown() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and(not(ANONYMOUS_CLASSES))
        .and(not(describe("sealed", type -> type.reflect().isSealed())))
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(MAIN);
  }

  @Test
  void names_sayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
        .orShould()
        .resideInAnyPackage("..util..", "..common..", "..helper..", "..manager..", "..impl..")
        .check(MAIN);
  }

  @Test
  void everyPackage_isDescribedAndNullMarked() {
    Set<String> unmarked =
        packages()
            .map(MAIN::getPackage)
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(asSet());

    assertEquals(Set.of(), unmarked);
  }

  @Test
  void console_isNotWrittenTo() {
    NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
        MAIN.that(describe("serve", type -> !type.getName().equals(BASE + ".CommandLine"))));
  }

  @Test
  void logging_goesThroughSystemLogger() {
    noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..").check(MAIN);
  }

  private static boolean asksForTime(JavaCall<?> call) {
    return asksForTime(call.getTarget());
  }

  private static boolean asksForTime(AccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis");
      case "java.time.Clock", "java.time.InstantSource" -> name.startsWith("system");
      case "java.util.Date" -> name.equals("<init>");
      default -> owner.startsWith("java.time.") && name.equals("now");
    };
  }

  private static DescribedPredicate<JavaClass> assignableToAny(Class<?>... types) {
    return describe("are sockets", type -> Stream.of(types).anyMatch(type::isAssignableTo));
  }

  private static Stream<String> packages() {
    return MAIN.stream().map(JavaClass::getPackageName).distinct();
  }

  private static <T> Collector<T, ?, ? extends Set<T>> asSet() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static String[] inBase(List<String> names) {
    return inBase(names.toArray(String[]::new));
  }

  private static String[] inBase(String... names) {
    return Stream.of(names)
        .map(name -> name.isEmpty() ? BASE : BASE + "." + name)
        .toArray(String[]::new);
  }
}
