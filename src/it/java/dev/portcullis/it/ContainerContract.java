/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

/** What the packaged JAR does in every container, with a real authorization server. */
public interface ContainerContract
    extends AdmissionContract,
        RefusalContract,
        WireContract,
        SpellingContract,
        DispatchContract,
        WebSocketContract,
        ConstraintContract,
        OutageContract {}
