/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The JAR as packaged, proving who it is to authorization servers that other people made, and
 * reaching them through a proxy that other people made. All over TLS, with certificates made for
 * the run. Imports {@code it} and {@code testing}, nothing else of ours.
 */
@NullMarked
package dev.portcullis.it.credentials;

import org.jspecify.annotations.NullMarked;
