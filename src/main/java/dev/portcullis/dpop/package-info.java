/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Demonstrating Proof of Possession (RFC 9449): reads proofs strictly, checks them in the order in
 * which refusing is cheapest, issues nonces, and sees to it that no proof is used twice. Sees
 * neither servlets nor sockets; may import {@code oauth}, {@code config}, {@code json}, {@code
 * threads} and {@code api}.
 */
@NullMarked
package dev.portcullis.dpop;

import org.jspecify.annotations.NullMarked;
