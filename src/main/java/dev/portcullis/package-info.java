/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The door: {@link dev.portcullis.ResourceServerFilter}, which {@code web.xml} names, and the
 * wiring of all that stands behind it. The only package that knows the servlet API; may import
 * every other of ours, and none of them imports it.
 */
@NullMarked
package dev.portcullis;

import org.jspecify.annotations.NullMarked;
