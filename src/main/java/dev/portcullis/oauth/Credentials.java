/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

/** What the {@code Authorization} field held: a scheme and an access token, not yet judged. */
public record Credentials(AuthScheme scheme, AccessToken token) {}
