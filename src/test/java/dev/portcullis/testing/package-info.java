/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What tests stand on: a scriptable authorization server on raw sockets, and certificates made at
 * run time. Imports nothing of ours.
 */
@NullMarked
package dev.portcullis.testing;

import org.jspecify.annotations.NullMarked;
