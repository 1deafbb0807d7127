/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Benchmarks: {@code mvn -Pjmh}. Figures are ratios within one run; no test depends on them. */
package dev.portcullis.jmh;
