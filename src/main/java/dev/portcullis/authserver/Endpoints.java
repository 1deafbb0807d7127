/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import java.net.URI;
import java.util.List;

/**
 * Where the authorization server is called at a moment. Immutable.
 *
 * @param targets its targets in order of preference, at least one
 * @param introspection path of the introspection endpoint, with its query if it has one
 * @param addressSetting key of the setting that names the targets
 */
public record Endpoints(List<Target> targets, String introspection, String addressSetting) {

  /** Copies the targets. */
  public Endpoints {
    targets = List.copyOf(targets);
  }

  /** What an absolute URL leads to: a single target. */
  static Endpoints at(URI url, String addressSetting) {
    return new Endpoints(List.of(Target.of(url)), EndpointUrl.pathAndQuery(url), addressSetting);
  }

  /** The path of the introspection endpoint without its query. */
  String path() {
    return introspection.replaceFirst("\\?.*", "");
  }
}
