/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

/** One exchange of a call: with which target, the how many-th. */
record Attempt(Call call, Target target, int number) {}
