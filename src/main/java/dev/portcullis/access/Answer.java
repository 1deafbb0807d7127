/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.access;

/** What {@link ResourceServer} says at once: a decision, or that it has to wait for one. */
public sealed interface Answer permits Decision, Pending {}
