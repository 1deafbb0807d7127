/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.Reason;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("LOG-05: reason codes are a closed, documented list")
class ReasonCodesTest {

  /** The list of the settings page; a code that is added here has to be added there. */
  private static final Set<String> DOCUMENTED =
      Set.of(
          "token_missing",
          "request_malformed",
          "https_required",
          "token_inactive",
          "token_expired",
          "scope_missing",
          "audience_mismatch",
          "issuer_mismatch",
          "client_not_allowed",
          "certificate_binding_mismatch",
          "dpop_not_accepted",
          "dpop_required",
          "dpop_proof_missing",
          "dpop_proof_malformed",
          "dpop_proof_signature",
          "dpop_method_mismatch",
          "dpop_uri_mismatch",
          "dpop_proof_expired",
          "dpop_proof_future",
          "dpop_token_hash_mismatch",
          "dpop_key_mismatch",
          "dpop_replay",
          "dpop_nonce_missing",
          "dpop_nonce_stale",
          "as_unavailable",
          "as_bad_response",
          "as_client_rejected",
          "audit_unavailable",
          "internal_error",
          "dpop_downgrade",
          "dpop_private_key",
          "dpop_weak_key",
          "certificate_missing",
          "path_ambiguous",
          "method_override",
          "overloaded",
          "replay_store_unavailable",
          "step_up_required",
          "token_unbound",
          "token_type_unusable");

  @ParameterizedTest
  @EnumSource(Reason.class)
  void reasonCode_isDocumented(Reason reason) {
    assertTrue(DOCUMENTED.contains(reason.code()), reason.code());
  }
}
