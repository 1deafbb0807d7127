/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What users and plug-ins compile against: the principal, the audit sink and its events, reasons
 * and secrets. Everything else in this JAR may change between releases. Imports nothing of ours.
 */
@NullMarked
package dev.portcullis.api;

import org.jspecify.annotations.NullMarked;
