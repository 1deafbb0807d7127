/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The JAR as packaged in applications as users of frameworks write them, which are projects of
 * their own under {@code src/it/applications} and stand in the manual. Imports {@code it}, {@code
 * it.credentials}, {@code manual} and {@code testing}, nothing else of ours.
 */
@NullMarked
package dev.portcullis.it.frameworks;

import org.jspecify.annotations.NullMarked;
