/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * One request and its answer, by a deadline: the port {@link dev.portcullis.http.HttpTransport} and
 * its implementation over Apache HttpClient 5, the only place that knows it and TLS. May import
 * {@code config} and {@code api}.
 */
@NullMarked
package dev.portcullis.http;

import org.jspecify.annotations.NullMarked;
