/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Demo only: what the page at {@code /} needs beside the API. These servlets are open to everybody,
 * which is why the launcher has the sample listen on the loopback address only. Do not copy them.
 */
package dev.portcullis.sample.demo;
