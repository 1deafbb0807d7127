/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.config;

/**
 * What is known of a setting: for the reference, and for the test that pins it.
 *
 * @param key its key
 * @param type its kind of value, such as {@code boolean} or {@code seconds}
 * @param fallback its default as text, empty if there is none
 * @param allowed what it accepts, as text
 */
public record Setting(String key, String type, String fallback, String allowed) {}
