/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.testing.TestingCertificates;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates of the authorization server, seen from its side, on each link that has them. */
@ParameterizedClass
@EnumSource(value = Link.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
class IntrospectionTrustTest {

  @Parameter private Link link;

  @ParameterizedTest
  @DisplayName("INT-03: a server with the wrong certificate is told nothing")
  @EnumSource(
      value = TestingCertificates.Server.class,
      names = "GOOD",
      mode = EnumSource.Mode.EXCLUDE)
  void wrongCertificate_isTrustedWithNothing(TestingCertificates.Server which) throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.over(link, which, builder -> {})) {
      rig.active("tok", "");
      rig.assertUnavailable(rig.get("tok"), "as_unavailable");
      assertEquals(0, rig.reached());
      assertEquals(List.of(), rig.server().requests());
      assertEquals(List.of(), rig.server().shown());
    }
  }

  @Test
  @DisplayName("INT-03: a server with the right certificate is asked")
  void rightCertificate_isTrusted() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.over(link)) {
      rig.active("tok", "");
      rig.assertPasses(rig.get("tok"));
    }
  }
}
