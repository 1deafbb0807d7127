/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Asks the authorization server about tokens (RFC 7662) and remembers what it said: implementations
 * of {@link dev.portcullis.oauth.TokenIntrospector}. May import {@code authserver}, {@code oauth},
 * {@code json}, {@code config}, {@code api} and {@code threads}.
 */
@NullMarked
package dev.portcullis.introspection;

import org.jspecify.annotations.NullMarked;
