/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What trusted proxies say of a connection: address, scheme, host and certificate of the client
 * (RFC 7239, RFC 9440, and the headers of old). Believes nobody who is not listed, and of a list
 * only what a trusted proxy wrote. Sees neither servlets nor sockets; may import {@code oauth},
 * {@code config} and {@code api}.
 */
@NullMarked
package dev.portcullis.forwarding;

import org.jspecify.annotations.NullMarked;
