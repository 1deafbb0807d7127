/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Where the libraries inside our JAR log to: an SLF4J provider over {@code System.Logger}, since
 * relocated SLF4J cannot find one of the application's.
 *
 * <p>May import {@code org.slf4j} and nothing of ours. Nothing of ours imports it: SLF4J finds it
 * through {@code META-INF/services}.
 */
@NullMarked
package dev.portcullis.logging;

import org.jspecify.annotations.NullMarked;
