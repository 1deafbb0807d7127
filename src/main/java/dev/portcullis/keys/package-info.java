/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Trusted certificate groups and key pairs: the files they come from, what is made of them, and how
 * they are read anew while the filter runs. May import {@code config} and {@code api}.
 */
@NullMarked
package dev.portcullis.keys;

import org.jspecify.annotations.NullMarked;
