/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.http;

import dev.portcullis.http.TransportException.Stage;
import java.io.IOException;

/** The proxy, or what it says, is why there is no connection. */
final class ProxyException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Stage stage;

  /** Makes the exception; its message holds nothing that was received but a status. */
  ProxyException(Stage stage, String message) {
    super(message);
    this.stage = stage;
  }

  Stage stage() {
    return stage;
  }
}
