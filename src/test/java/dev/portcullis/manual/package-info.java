/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The README and the manual, read by tests: {@link dev.portcullis.manual.Page} takes a page apart,
 * the tests hold it against the code. May import everything.
 */
@NullMarked
package dev.portcullis.manual;

import org.jspecify.annotations.NullMarked;
