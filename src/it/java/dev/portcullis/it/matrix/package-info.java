/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The matrix of containers: one web application, the same octets for all, in each of them by the
 * same checks. The profile {@code containers} runs it. A {@link dev.portcullis.it.matrix.Container}
 * is what a server has to learn; a {@link dev.portcullis.it.matrix.ContainerCell} is a server with
 * all checks.
 */
@NullMarked
package dev.portcullis.it.matrix;

import org.jspecify.annotations.NullMarked;
