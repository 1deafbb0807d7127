/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Strict, bounded JSON (RFC 8259, I-JSON): one reader for everything that arrives from outside and
 * one writer for what leaves. Knows nothing of OAuth and imports nothing of ours.
 */
@NullMarked
package dev.portcullis.json;

import org.jspecify.annotations.NullMarked;
