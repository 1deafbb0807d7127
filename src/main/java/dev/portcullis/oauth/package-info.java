/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The vocabulary of a protected resource in the terms of RFC 6749, 6750, 7662, 7800 and 9449:
 * values that parse and print themselves, and the one port to the authorization server, {@link
 * dev.portcullis.oauth.TokenIntrospector}. Sees neither a servlet nor a socket. May import {@code
 * api} and {@code json}.
 */
@NullMarked
package dev.portcullis.oauth;

import org.jspecify.annotations.NullMarked;
