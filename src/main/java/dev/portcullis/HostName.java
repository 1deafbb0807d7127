/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this machine calls itself, for the audit trail. */
final class HostName {

  private HostName() {}

  static String ofThisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return InetAddress.getLoopbackAddress().getHostAddress(); // it has no name
    }
  }
}
