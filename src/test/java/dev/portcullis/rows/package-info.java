/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The rows of the requirements catalogue, end to end: a request on the wire, a real container, an
 * authorization server on raw sockets, and all that can be observed afterwards. May import
 * everything of ours, {@code testing} first of all.
 */
@NullMarked
package dev.portcullis.rows;

import org.jspecify.annotations.NullMarked;
