/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The JAR as packaged among servers of other people's making: proving who it is to authorization
 * servers, directly and through a forward proxy; taking the tokens that these have bound to a key;
 * and behind a reverse proxy. All over TLS, with certificates made for the run. Imports {@code it},
 * {@code testing} and {@code manual}, nothing else of ours.
 */
@NullMarked
package dev.portcullis.it.credentials;

import org.jspecify.annotations.NullMarked;
