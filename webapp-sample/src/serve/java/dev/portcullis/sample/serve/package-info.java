/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The launcher of the sample: starts the authorization server as a process of its own, the web
 * application in Jetty, and stops both. No part of the WAR.
 */
package dev.portcullis.sample.serve;
