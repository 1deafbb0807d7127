/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.keys;

import java.security.cert.CertificateException;

/** A certificate is trusted, but it is for another host. */
public final class WrongNameException extends CertificateException {

  private static final long serialVersionUID = 1L;

  WrongNameException(CertificateException cause) {
    super(cause.getMessage(), cause);
  }
}
