/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import dev.portcullis.rows.DecisionCase.Binding;
import dev.portcullis.rows.DecisionCase.Rule;
import dev.portcullis.rows.DecisionCase.Scheme;
import java.util.List;
import java.util.Set;

/**
 * What the specification says each line of the decision table leads to: a plain function, written
 * from the texts of RFC 6750, 8705, 9449 and 9470 and what the manual promises, and not from the
 * code under test, of which it uses nothing.
 */
final class DecisionReference {

  private static final Set<Binding> HAS_KEY =
      Set.of(Binding.KEY, Binding.OTHER_KEY, Binding.KEY_AND_CERTIFICATE);
  private static final Set<Scheme> DPOP = Set.of(Scheme.DPOP, Scheme.DPOP_WITHOUT_PROOF);

  /** What is decided, and whether the authorization server has to be asked for it. */
  record Verdict(DecisionOutcome outcome, boolean isAsked) {}

  private DecisionReference() {}

  static Verdict of(DecisionCase line) {
    Verdict target = decide(line, line.rule());
    return switch (line.way()) {
      case REQUEST, FORWARD_FROM_EXCLUDED, ASYNC_FROM_EXCLUDED -> target;
      case INCLUDE_IN_EXCLUDED -> included(target);
      case FORWARD_FROM_LAXER -> inTurn(decide(line, Rule.GENERAL), target);
      case FORWARD_FROM_OPTIONAL -> inTurn(decide(line, Rule.OPTIONAL), target);
    };
  }

  /** What is included has no status and no header of its own: the page fails. */
  private static Verdict included(Verdict target) {
    DecisionOutcome outcome = target.outcome();
    if (outcome.isReached()) {
      return target;
    }
    String reason = outcome.entries().get(0).split(" ")[0];
    return new Verdict(DecisionOutcome.refused(500, reason, List.of()), target.isAsked());
  }

  /** The page first, then what it forwards to, with one question and one entry for both. */
  private static Verdict inTurn(Verdict page, Verdict target) {
    if (!page.outcome().isReached()) {
      return page;
    }
    boolean isOpen = target.outcome().entries().isEmpty();
    DecisionOutcome outcome = isOpen ? page.outcome() : target.outcome();
    return new Verdict(outcome, page.isAsked() || target.isAsked());
  }

  private static Verdict decide(DecisionCase line, Rule rule) {
    if (rule == Rule.EXCLUDED) {
      return new Verdict(DecisionOutcome.unprotected(), false);
    }
    if (line.scheme() == Scheme.NONE || line.scheme() == Scheme.OTHER) {
      return rule == Rule.OPTIONAL
          ? new Verdict(DecisionOutcome.allowed(), false)
          : unasked(401, "token_missing", bare(rule));
    }
    if (rule == Rule.DPOP_OFF && DPOP.contains(line.scheme())) {
      return unasked(401, "dpop_not_accepted", bare(rule));
    }
    if (rule == Rule.DPOP_REQUIRED && line.scheme() == Scheme.BEARER) {
      return unasked(401, "dpop_required", bare(rule));
    }
    if (line.scheme() == Scheme.DPOP_WITHOUT_PROOF) {
      return unasked(401, "dpop_proof_missing", challenges(line, rule, "invalid_dpop_proof", ""));
    }
    return new Verdict(judge(line, rule), true);
  }

  private static Verdict unasked(int status, String reason, List<String> challenges) {
    return new Verdict(DecisionOutcome.refused(status, reason, challenges), false);
  }

  /** With the answer of the authorization server at hand. */
  private static DecisionOutcome judge(DecisionCase line, Rule rule) {
    String fault = faultOfToken(line);
    if (!fault.isEmpty()) {
      return DecisionOutcome.refused(401, fault, challenges(line, rule, "invalid_token", ""));
    }
    String stepUp = "insufficient_user_authentication";
    return switch (rule) {
      case ACR_MISSING ->
          DecisionOutcome.refused(
              401, "step_up_required", challenges(line, rule, stepUp, " acr_values=gold"));
      case BOTH_MISSING ->
          DecisionOutcome.refused(
              401,
              "step_up_required",
              challenges(line, rule, stepUp, " acr_values=gold scope=write"));
      case SCOPE_MISSING ->
          DecisionOutcome.refused(
              403, "scope_missing", challenges(line, rule, "insufficient_scope", " scope=write"));
      case DENIED -> DecisionOutcome.refused(403, "client_not_allowed", List.of());
      default -> DecisionOutcome.allowed();
    };
  }

  private static String faultOfToken(DecisionCase line) {
    Binding binding = line.binding();
    if (binding == Binding.INACTIVE) {
      return "token_inactive";
    }
    boolean hasKey = HAS_KEY.contains(binding);
    if (line.scheme() == Scheme.BEARER && hasKey) {
      return "dpop_downgrade";
    }
    if (line.scheme() == Scheme.DPOP && !hasKey) {
      return "dpop_not_accepted";
    }
    return switch (binding) {
      case OTHER_KEY -> "dpop_key_mismatch";
      case OTHER_CERTIFICATE, UNKNOWN -> "certificate_binding_mismatch";
      default -> "";
    };
  }

  private static List<String> bare(Rule rule) {
    return switch (rule) {
      case DPOP_OFF -> List.of("Bearer");
      case DPOP_REQUIRED -> List.of("DPoP algs");
      default -> List.of("Bearer", "DPoP algs");
    };
  }

  /** Only the scheme that the client used is challenged, if it is one of those accepted. */
  private static List<String> challenges(
      DecisionCase line, Rule rule, String error, String needed) {
    String used = DPOP.contains(line.scheme()) ? "DPoP" : "Bearer";
    return bare(rule).stream()
        .filter(text -> text.startsWith(used))
        .map(text -> text + " error=" + error + needed)
        .toList();
  }
}
