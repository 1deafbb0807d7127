/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import dev.portcullis.it.ContainerContract;

/** What the packaged JAR does in every container of the matrix. */
public interface MatrixContract
    extends ContainerContract, StartContract, RedeployContract, LogContract {}
