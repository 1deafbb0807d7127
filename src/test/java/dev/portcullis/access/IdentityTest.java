/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

import static dev.portcullis.oauth.Tokens.NOW;
import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.TokenPrincipal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a token says that a request comes from. */
class IdentityTest {

  @ParameterizedTest
  @DisplayName("INT-26: a client's own token is nobody's user, and its name cannot be one")
  @ValueSource(
      strings = {
        "\"client_id\":\"app\"",
        "\"client_id\":\"app\",\"sub\":\"app\"",
        "\"client_id\":\"app\",\"username\":\"app\"",
        "\"client_id\":7,\"sub\":7",
        "\"client_id\":7,\"sub\":\"7\"",
        "\"client_id\":\"app\",\"sub\":\"6f1c\",\"username\":\"service-account-app\"",
        "\"client_id\":\"App\",\"sub\":\"6f1c\",\"username\":\"service-account-app\"",
        "\"client_id\":\"app\",\"sub\":\"app\",\"username\":\"root\""
      })
  void clientsOwnToken_isNoUser(String members) {
    Identity identity = identity(members);
    assertTrue(identity.principal().isClient());
    assertEquals(
        "client:" + identity.principal().clientId().orElseThrow(), identity.principal().getName());
    assertEquals(Optional.empty(), identity.user());
  }

  @Test
  @DisplayName("INT-26: not even if the name of users comes from another attribute, which holds it")
  void clientsOwnToken_isNoUserByAnotherAttribute() {
    Identity identity =
        identity(
            "\"client_id\":\"app\",\"username\":\"app\"", "principal.attribute-name", "username");
    assertEquals("client:app", identity.principal().getName());
    assertEquals(Optional.empty(), identity.user());
  }

  @Test
  @DisplayName("INT-26: a token without sub and client_id is no user's")
  void nobodysToken_isNoUser() {
    Identity identity = identity("");
    assertTrue(identity.principal().isClient());
    assertEquals("client:", identity.principal().getName());
    assertEquals(Optional.empty(), identity.user());
  }

  @Test
  @DisplayName("INT-26: an empty sub names no user")
  void emptySubject_isNoUser() {
    Identity identity = identity("\"client_id\":\"app\",\"sub\":\"\"");
    assertTrue(identity.principal().isClient());
    assertEquals(Optional.empty(), identity.user());
  }

  @ParameterizedTest
  @DisplayName("INT-26: a sub that is not the client is a user")
  @ValueSource(strings = {"\"client_id\":\"app\",\"sub\":\"alice\"", "\"sub\":\"alice\""})
  void otherSubject_isAUser(String members) {
    Identity identity = identity(members);
    assertFalse(identity.principal().isClient());
    assertEquals("alice", identity.principal().getName());
    assertEquals(Optional.of("alice"), identity.user());
  }

  @Test
  void name_comesFromTheAttributeThatIsSet() {
    String members = "\"sub\":\"1\",\"user\":{\"mail\":\"a@example.com\"},\"client_id\":\"c\"";
    assertEquals(
        "a@example.com",
        identity(members, "subject.attribute-name", "user.mail").principal().getName());
    assertEquals(
        "1",
        identity(members, "subject.attribute-name", "user.mail", "principal.attribute-name", "sub")
            .principal()
            .getName());
    assertEquals(
        "1", identity(members, "principal.attribute-name", "absent").principal().getName());
  }

  @Test
  void emptyName_isThatOfTheSubject() {
    assertEquals(
        "1",
        identity("\"sub\":\"1\",\"username\":\"\"", "principal.attribute-name", "username")
            .principal()
            .getName());
  }

  @Test
  void roles_comeFromWhereTheSettingsSay() {
    String members = "\"sub\":\"a\",\"scope\":\"read\",\"groups\":[\"admin\",\"x y\"]";
    assertFalse(identity(members).hasRole("read"));
    assertFalse(identity(members).hasRole("admin"));
    assertTrue(identity(members, "roles.from-scopes", "true").hasRole("read"));
    assertFalse(identity(members, "roles.from-scopes", "true").hasRole("admin"));
    Identity grouped = identity(members, "roles.attribute-name", "groups");
    assertTrue(grouped.hasRole("admin"));
    assertTrue(grouped.hasRole("x y"));
    assertFalse(grouped.hasRole("x"));
    assertFalse(grouped.hasRole("read"));
    assertFalse(grouped.hasRole("Admin"));
  }

  @Test
  @DisplayName("INT-24, CAC-12: every member is there to read and none to change")
  void attributes_areAll() {
    TokenPrincipal principal =
        identity(
                "\"sub\":\"a\",\"scope\":\"r w\",\"x_custom\":{\"a\":1},\"l\":[\"p\",2],\"exp\":1e3")
            .principal();
    assertEquals(
        Map.of(
            "active",
            List.of("true"),
            "sub",
            List.of("a"),
            "scope",
            List.of("r w"),
            "x_custom",
            List.of("{\"a\":1}"),
            "l",
            List.of("p", "2"),
            "exp",
            List.of("1e3")),
        principal.attributes());
    assertEquals(Set.of("r", "w"), principal.scopes());
    assertEquals("Bearer", principal.tokenType());
    assertEquals(NOW, principal.retrievedAt());
    assertTrue(principal.rawResponse().startsWith("{\"active\":true,\"sub\":\"a\""));
    assertThrows(
        UnsupportedOperationException.class, () -> principal.attributes().put("sub", List.of()));
    assertThrows(UnsupportedOperationException.class, () -> principal.attributes().remove("sub"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> principal.attributes().getOrDefault("l", List.of()).set(0, "q"));
    assertThrows(UnsupportedOperationException.class, () -> principal.scopes().clear());
  }

  @Test
  @DisplayName("INT-25: printing a principal shows its name only")
  void text_isTheName() {
    assertEquals("a", identity("\"sub\":\"a\",\"email\":\"x\"").principal().toString());
  }

  @Test
  @DisplayName("FLD-40: without sub the attribute that is set names the user, or else username")
  void noSubject_isTheUserThatIsNamed() {
    String named = "\"client_id\":\"app\",\"Username\":\"joe\"";
    assertUser("joe", identity(named, "principal.attribute-name", "Username"));
    assertUser("joe", identity(named, "subject.attribute-name", "Username"));
    assertUser("joe", identity("\"client_id\":\"app\",\"username\":\"joe\""));
    assertUser("joe", identity("\"sub\":\"\",\"username\":\"joe\""));
    assertUser("7", identity("\"sub\":null,\"client_id\":\"app\",\"username\":7"));
    assertClient(identity(named));
    assertClient(identity("\"client_id\":\"app\",\"username\":\"\""));
    assertClient(
        identity(
            "\"client_id\":\"app\",\"username\":\"joe\"", "principal.attribute-name", "Username"));
  }

  @Test
  @DisplayName("FLD-40: principal.client-if says what marks a client")
  void clientIf_saysWhatMarksAClient() {
    String account = "\"client_id\":\"app\",\"sub\":\"6f1c\",\"username\":\"svc-app\"";
    assertUser("6f1c", identity(account));
    assertClient(identity(account, "principal.client-if", "username-prefix:svc-"));
    String own = "\"client_id\":\"app\",\"sub\":\"app\"";
    assertClient(identity(own));
    assertUser("app", identity(own, "principal.client-if", "no-subject"));
    String noSubject = "\"client_id\":\"app\",\"username\":\"joe\"";
    assertClient(identity(noSubject, "principal.client-if", "no-subject"));
    assertUser(
        "joe",
        identity(
            noSubject,
            "principal.client-if",
            "no-subject",
            "principal.attribute-name",
            "username"));
    assertClient(identity("\"client_id\":\"app\"", "principal.client-if", "subject-is-client"));
  }

  @ParameterizedTest
  @DisplayName("INT-26: a name with the prefix alone is a name that a user may have chosen")
  @ValueSource(strings = {"service-account-", "service-account-other", "xservice-account-app"})
  void userWithThePrefix_isAUser(String username) {
    assertUser(
        "6f1c",
        identity("\"client_id\":\"app\",\"sub\":\"6f1c\",\"username\":\"" + username + "\""));
  }

  @ParameterizedTest
  @DisplayName("FLD-41: a user whose name begins as a client's does gets another name, his own")
  @ValueSource(strings = {"client:app", "client:", "CLIENT:app", "user:client:app", " client:app"})
  void userNamedLikeAClient_isNotTakenForOne(String name) {
    assertUser("user:" + name, identity("\"client_id\":\"app\",\"sub\":\"" + name + "\""));
    assertUser("user:" + name, identity("\"client_id\":\"app\",\"username\":\"" + name + "\""));
    assertUser(
        "user:" + name,
        identity("\"sub\":\"1\",\"x\":\"" + name + "\"", "principal.attribute-name", "x"));
  }

  @ParameterizedTest
  @DisplayName("FLD-41: all other names stay as they are")
  @ValueSource(strings = {"client", "clients:a", "user:app", "a client:app", "user: client:app"})
  void otherName_staysAsItIs(String name) {
    assertUser(name, identity("\"client_id\":\"app\",\"sub\":\"" + name + "\""));
  }

  @Test
  void wrongMark_isNamed() {
    assertEquals(
        List.of(
            "principal.client-if: 'username-prefix:' is not one of: no-subject, subject-is-client,"
                + " username-prefix:<text>."),
        Access.problems(IdentitySettings::read, "principal.client-if", "username-prefix:"));
  }

  private static void assertUser(String name, Identity identity) {
    assertFalse(identity.principal().isClient());
    assertEquals(name, identity.principal().getName());
    assertEquals(Optional.of(name), identity.user());
  }

  private static void assertClient(Identity identity) {
    assertTrue(identity.principal().isClient());
    assertEquals("client:app", identity.principal().getName());
    assertEquals(Optional.empty(), identity.user());
  }

  private static Identity identity(String members, String... settings) {
    return Identity.of(
        new ProvenToken(new ValidToken(active(members), NOW), Optional.empty()),
        Access.read(IdentitySettings::read, settings));
  }
}
