/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Decides about a request: which rule holds, what credentials it carries, whether the token is
 * valid, who may use it and for what. {@link dev.portcullis.access.ResourceServer} is the way
 * through, {@link dev.portcullis.access.Decision} what comes out. Sees neither a servlet nor a
 * socket. May import {@code dpop}, {@code oauth}, {@code json}, {@code config} and {@code api}.
 */
@NullMarked
package dev.portcullis.access;

import org.jspecify.annotations.NullMarked;
