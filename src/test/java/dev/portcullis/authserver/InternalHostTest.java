/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.authserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that a document must not lead to, and hosts that it may. */
class InternalHostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fdff::1]",
        "[ff02::1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:a9fe:a9fe]",
        "[::127.0.0.1]",
        "[64:ff9b::a9fe:a9fe]",
        "2852039166",
        "0xA9FEA9FE",
        "0xa9.0xfe.0xa9.0xfe",
        "0251.0376.0251.0376",
        "8.8.8.010",
        "127.1",
        "8.8.8.8.",
        "8.8.8.999",
        "localhost",
        "LOCALHOST",
        "as.localhost",
        "localhost."
      })
  void addressOfThisMachineLinkOrPrivateNetwork_isInternal(String host) {
    assertEquals(true, InternalHost.is(host), host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "as.example.com",
        "localhost.example.com",
        "notlocalhost",
        "0x1.example",
        "10.example.com",
        "8.8.8.8",
        "126.255.255.255",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "100.128.0.1",
        "169.253.1.1",
        "192.169.0.1",
        "[2001:db8::1]",
        "[::ffff:8.8.8.8]"
      })
  void anythingElse_isNot(String host) {
    assertEquals(false, InternalHost.is(host), host);
  }
}
