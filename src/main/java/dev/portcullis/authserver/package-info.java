/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The authorization server: authenticated calls to the first of its targets that answers. {@link
 * dev.portcullis.authserver.AuthorizationServerClient} is the way in. What an answer means is
 * decided elsewhere; here it is only an answer, or none. May import {@code http}, {@code config},
 * {@code json} and {@code api}, and jose4j where something is signed.
 */
@NullMarked
package dev.portcullis.authserver;

import org.jspecify.annotations.NullMarked;
