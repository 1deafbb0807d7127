/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Keeps what must be kept, in memory or with a class of the user's: the only place that knows the
 * cache library. May import {@code introspection}, {@code dpop}, {@code oauth}, {@code config},
 * {@code api} and {@code threads}.
 */
@NullMarked
package dev.portcullis.store;

import org.jspecify.annotations.NullMarked;
