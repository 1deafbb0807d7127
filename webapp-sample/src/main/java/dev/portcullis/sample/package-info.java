/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The sample: a small API for orders, in plain servlets. It holds no code for tokens: the filter
 * named in {@code web.xml} lets nobody in without a good one, and what the API wants to know about
 * the caller it asks the servlet API. Package {@code demo} is for showing, not for copying.
 */
package dev.portcullis.sample;
