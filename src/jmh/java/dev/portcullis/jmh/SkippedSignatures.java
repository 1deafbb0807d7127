/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.jmh;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;

/**
 * A crypto provider that verifies ES256 as it should while the filter tests it, and from then on
 * takes no time: what is left of a request is what the filter itself costs.
 */
final class SkippedSignatures extends Provider {

  private static final long serialVersionUID = 1;
  private static volatile boolean skips;

  SkippedSignatures() {
    super("Skipped", "1", "No provider for anything but measuring");
    put("Signature." + RawVerifier.name("ES256"), Es256.class.getName());
  }

  /** From now on every signature holds. */
  static void skip() {
    skips = true;
  }

  /** As long as it does not skip, what Java does. */
  public static final class Es256 extends SignatureSpi {

    private final Signature real;

    /** Called by the provider. */
    public Es256() throws GeneralSecurityException {
      real = Signature.getInstance(RawVerifier.name("ES256"), "SunEC");
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      real.initVerify(key);
    }

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) throws SignatureException {
      if (!skips) {
        real.update(octets, offset, length);
      }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      return skips || real.verify(signature);
    }

    @Override
    protected void engineUpdate(byte octet) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineInitSign(PrivateKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineSign() {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
