/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged JAR in Jetty 12.0 and in Jetty 12.1. */
class JettySmokeIT {
  @ParameterizedTest
  @CsvSource({"jetty12.0.home, ee10", "jetty12.1.home, ee11"})
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void requestWithoutToken_isRefused(String home, String edition) throws Exception {
    try (JettyProcess jetty =
        JettyProcess.start(home, edition, GuardedWebapp.war("guarded.war", SmokeCheck.SETTINGS))) {
      SmokeCheck.run(jetty.uri());
    }
  }
}
