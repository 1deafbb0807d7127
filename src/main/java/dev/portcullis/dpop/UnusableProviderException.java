/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.dpop;

/** A crypto provider is there and does not work. */
final class UnusableProviderException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableProviderException(Throwable cause) {
    super(root(cause).toString(), cause);
  }

  UnusableProviderException(String message) {
    super(message);
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; root.getCause() != null && depth < 16; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
