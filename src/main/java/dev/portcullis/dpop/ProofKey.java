/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

import java.security.PublicKey;

/**
 * The public key of a proof, checked. Immutable.
 *
 * @param key the key, fit for its algorithm
 * @param thumbprint SHA-256 thumbprint of it (RFC 7638), 43 characters of base64url
 */
record ProofKey(PublicKey key, String thumbprint) {}
