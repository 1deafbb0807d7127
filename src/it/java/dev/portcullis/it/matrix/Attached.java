/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A look into the virtual machine of another process of this user, by the agent that every JDK
 * brings. For one thread.
 */
public final class Attached implements AutoCloseable {

  private final JMXConnector connector;

  private Attached(JMXConnector connector) {
    this.connector = connector;
  }

  /** Attaches to a process. */
  @SuppressWarnings("BanJNDI") // the agent is on this machine, in a process that we have started
  public static Attached to(ProcessHandle process) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
    try {
      return new Attached(
          JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
    } finally {
      machine.detach();
    }
  }

  /** Its platform MBeans. */
  public MBeanServerConnection beans() throws IOException {
    return connector.getMBeanServerConnection();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
