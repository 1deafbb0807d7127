/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The JAR as packaged, in containers and against an authorization server that other people made.
 * Nothing here runs in the process of the filter but {@code webapp}; imports nothing of ours but
 * {@code testing} and {@code manual}.
 */
@NullMarked
package dev.portcullis.it;

import org.jspecify.annotations.NullMarked;
