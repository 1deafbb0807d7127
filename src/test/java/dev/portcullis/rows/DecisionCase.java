/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the decision table: what is presented, where it leads, and by which way.
 *
 * @param scheme how the token is presented
 * @param binding what the authorization server says of the token
 * @param rule what holds where the request ends
 * @param way how the request gets there
 */
record DecisionCase(Scheme scheme, Binding binding, Rule rule, Way way) {

  /** What stands in {@code Authorization}. */
  enum Scheme {
    NONE,
    BEARER,
    DPOP,
    DPOP_WITHOUT_PROOF,
    OTHER
  }

  /** The token: what it is bound to. Every request comes with the same key and certificate. */
  enum Binding {
    NONE,
    KEY,
    OTHER_KEY,
    CERTIFICATE,
    OTHER_CERTIFICATE,
    KEY_AND_CERTIFICATE,
    UNKNOWN,
    INACTIVE
  }

  /** What holds for the path, and whether the token suffices for it. */
  enum Rule {
    GENERAL("/general/x", "", ""),
    DPOP_OFF("/off/x", "", ""),
    DPOP_REQUIRED("/required/x", "", ""),
    SCOPE_MISSING("/scope/x", "", ""),
    SCOPE_HELD("/scope/x", "write", ""),
    ACR_MISSING("/acr/x", "", "silver"),
    ACR_MET("/acr/x", "", "gold"),
    BOTH_MISSING("/both/x", "", ""),
    DENIED("/nowhere/x", "write", "gold"),
    EXCLUDED("/open/x", "", ""),
    OPTIONAL("/optional/x", "", "");

    private final String path;
    private final String scope;
    private final String acr;

    Rule(String path, String scope, String acr) {
      this.path = path;
      this.scope = scope;
      this.acr = acr;
    }

    String path() {
      return path;
    }
  }

  /** How the request gets there. */
  enum Way {
    REQUEST(""),
    FORWARD_FROM_EXCLUDED("/open/page"),
    INCLUDE_IN_EXCLUDED("/open/page"),
    ASYNC_FROM_EXCLUDED("/open/page"),
    FORWARD_FROM_LAXER("/general/page"),
    FORWARD_FROM_OPTIONAL("/optional/page");

    private final String page;

    Way(String page) {
      this.page = page;
    }
  }

  /** All there are. */
  static List<DecisionCase> all() {
    List<DecisionCase> all = new ArrayList<>();
    for (Scheme scheme : Scheme.values()) {
      for (Binding binding : Binding.values()) {
        for (Rule rule : Rule.values()) {
          for (Way way : Way.values()) {
            all.add(new DecisionCase(scheme, binding, rule, way));
          }
        }
      }
    }
    return all;
  }

  /** The path that the client asks for. */
  String path() {
    return way == Way.REQUEST ? rule.path : way.page;
  }

  /** The token that is presented. */
  String token() {
    return (binding + "-" + rule.scope + "-" + rule.acr).toLowerCase(Locale.ROOT);
  }

  /** The scopes of the token. */
  String scope() {
    return rule.scope;
  }

  /** How its user authenticated, if that is told. */
  String acr() {
    return rule.acr;
  }
}
