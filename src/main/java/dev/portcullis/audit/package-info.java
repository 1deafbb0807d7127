/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The audit trail: one entry per decision and per call to the authorization server, handed to every
 * sink by one background thread. A failing or hanging sink never changes a decision unless {@code
 * audit.on-failure = reject} demands it. The door makes an {@link dev.portcullis.audit.AuditTrail}
 * from {@link dev.portcullis.audit.AuditSettings}; everything else here is hidden behind these two.
 * Sees neither a servlet nor a socket. May import {@code access}, {@code oauth}, {@code config},
 * {@code json} and {@code api}.
 */
@NullMarked
package dev.portcullis.audit;

import org.jspecify.annotations.NullMarked;
