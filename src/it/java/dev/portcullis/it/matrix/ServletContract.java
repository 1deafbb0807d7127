/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.PathContract;
import dev.portcullis.it.StreamContract;

/** What is tried in servlet containers in addition. */
public interface ServletContract extends PathContract, StreamContract, H2cContract {}
