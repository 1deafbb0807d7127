/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The application that is guarded in the integration tests: it goes into {@code WEB-INF/classes}.
 * Imports the Servlet API and {@code dev.portcullis.api}, as an application would.
 */
@NullMarked
package dev.portcullis.it.webapp;

import org.jspecify.annotations.NullMarked;
