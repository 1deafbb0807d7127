/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The threads that a filter starts for itself, and how they end with it. Imports nothing of ours.
 */
@NullMarked
package dev.portcullis.threads;

import org.jspecify.annotations.NullMarked;
