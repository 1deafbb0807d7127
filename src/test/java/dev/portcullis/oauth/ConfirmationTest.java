/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import static dev.portcullis.oauth.Tokens.NOW;
import static dev.portcullis.oauth.Tokens.active;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code cnf} is read as. */
class ConfirmationTest {

  @Test
  void noCnf_isNoBinding() {
    Confirmation none = active("").confirmation();
    assertEquals(Confirmation.NONE, none);
    assertFalse(none.isUnknown());
  }

  @ParameterizedTest
  @DisplayName("MTB-08, CH-07: a binding that is not known is a binding")
  @ValueSource(
      strings = {
        "{}",
        "{\"kid\":\"x\"}",
        "{\"x5t\":\"x\"}",
        "{\"X5T#S256\":\"x\"}",
        "{\"JKT\":\"x\"}",
        "{\"jwk\":{\"kty\":\"EC\"}}"
      })
  void unknownMember_isAnUnknownBinding(String cnf) {
    Confirmation confirmation = active("\"cnf\":" + cnf).confirmation();
    assertTrue(confirmation.isPresent());
    assertTrue(confirmation.isUnknown());
  }

  @Test
  void knownMembers_areRead() {
    Confirmation both =
        active("\"cnf\":{\"jkt\":\"key\",\"x5t#S256\":\"cert\",\"kid\":1}").confirmation();
    assertEquals(Optional.of("key"), both.keyThumbprint());
    assertEquals(Optional.of("cert"), both.certificateThumbprint());
    assertFalse(both.isUnknown());
  }

  @ParameterizedTest
  @DisplayName("FLD-01: a binding with nothing but null members is none")
  @ValueSource(
      strings = {"null", "{\"x5t#S256\":null}", "{\"jkt\":null,\"x5t#S256\":null,\"kid\":null}"})
  void nullMembersOnly_areNoBinding(String cnf) {
    assertEquals(Confirmation.NONE, active("\"cnf\":" + cnf).confirmation());
  }

  @Test
  @DisplayName("FLD-01: beside a null member the others count")
  void nullMemberBesideAnother_isAbsent() {
    Confirmation bound = active("\"cnf\":{\"jkt\":\"key\",\"x5t#S256\":null}").confirmation();
    assertEquals(Optional.of("key"), bound.keyThumbprint());
    assertEquals(Optional.empty(), bound.certificateThumbprint());
    assertTrue(active("\"cnf\":{\"jkt\":null,\"kid\":\"x\"}").confirmation().isUnknown());
  }

  @ParameterizedTest
  @DisplayName("MTB-08: a known member of another type proves nothing")
  @ValueSource(strings = {"{\"jkt\":5}", "{\"x5t#S256\":5}", "{\"jkt\":[]}"})
  void memberOfTheWrongType_isRefused(String cnf) {
    assertThrows(
        ClaimException.class, () -> Tokens.parse("{\"active\":true,\"cnf\":" + cnf + "}", NOW));
  }
}
