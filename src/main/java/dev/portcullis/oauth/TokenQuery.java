/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.oauth;

import java.time.Duration;
import java.util.Optional;

/**
 * A question to the authorization server (RFC 7662 section 2.1).
 *
 * @param token the token asked about
 * @param audience the resource the token is to be used at, where the settings want it sent
 * @param exchangeId id of the request that raises the question, for the audit trail; not part of it
 * @param timeToLive how old an answer about an active token may be; no limit but the token's own
 *     {@code exp} if there is none
 */
public record TokenQuery(
    AccessToken token,
    Optional<String> audience,
    String exchangeId,
    Optional<Duration> timeToLive) {}
