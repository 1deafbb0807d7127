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
        "\"client_id\":\"app\",\"username\":\"root\"",
        "\"client_id\":\"app\",\"sub\":\"app\",\"username\":\"root\""
      })
  void clientsOwnToken_isNoUser(String members) {
    Identity identity = identity(members);
    assertTrue(identity.principal().isClient());
    assertEquals("client:app", identity.principal().getName());
    assertEquals(Optional.empty(), identity.user());
  }

  @Test
  @DisplayName("INT-26: not even if the name of users comes from another attribute")
  void clientsOwnToken_isNoUserByAnotherAttribute() {
    Identity identity =
        identity(
            "\"client_id\":\"app\",\"username\":\"root\"", "principal.attribute-name", "username");
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

  private static Identity identity(String members, String... settings) {
    return Identity.of(
        new ProvenToken(new ValidToken(active(members), NOW), Optional.empty()),
        Access.read(IdentitySettings::read, settings));
  }
}
