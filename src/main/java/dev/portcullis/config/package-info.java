/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Settings: where they come from, how a value is read, and how every mistake ends up in one
 * message. Each {@code *Settings} record stands beside its user and is read through {@link
 * dev.portcullis.config.ConfigReader}. May import {@code api}.
 */
@NullMarked
package dev.portcullis.config;

import org.jspecify.annotations.NullMarked;
