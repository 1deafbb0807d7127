/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests that run once in Tomcat 10.1 and once in Tomcat 11, embedded, by Arquillian. */
@NullMarked
package dev.portcullis.it.tomcat;

import org.jspecify.annotations.NullMarked;
