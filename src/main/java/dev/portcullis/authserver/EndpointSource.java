/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

/** Tells where the authorization server is called now. Safe for use by several threads. */
interface EndpointSource {

  /**
   * Where it is called now.
   *
   * @throws AuthorizationServerException if that is not known
   */
  Endpoints current() throws AuthorizationServerException;
}
