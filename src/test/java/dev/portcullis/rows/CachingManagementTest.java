/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.testing.Answers;
import dev.portcullis.testing.Gate;
import dev.portcullis.testing.RawHttp;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator can do about what is remembered. */
class CachingManagementTest {

  private static final String ANY = "dev.portcullis:type=ResourceServer,*";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  @DisplayName("CAC-11: a purge of everything, good and bad")
  void purgeOfEverything_asksAnew() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("one", "").active("two", "");
      rig.assertPasses(rig.get("one"));
      rig.assertPasses(rig.get("two"));
      rig.assertInvalidToken(rig.get("bad"), "token_inactive");
      assertEquals(2L, server.getAttribute(bean(), "CachedTokens"));
      server.invoke(bean(), "purgeTokens", new Object[0], new String[0]);
      assertEquals(0L, server.getAttribute(bean(), "CachedTokens"));
      rig.server().revoke("one");
      rig.active("bad", "");
      rig.assertInvalidToken(rig.get("one"), "token_inactive");
      rig.assertPasses(rig.get("two"));
      rig.assertPasses(rig.get("bad"));
      assertEquals(6, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-11: a purge of one token")
  void purgeOfOneToken_asksAnewAboutIt() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("one", "").active("two", "");
      rig.assertPasses(rig.get("one"));
      rig.assertPasses(rig.get("two"));
      rig.server().revoke("one").revoke("two");
      purge("one");
      purge("not a token");
      rig.assertInvalidToken(rig.get("one"), "token_inactive");
      rig.assertPasses(rig.get("two"));
      assertEquals(3, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-10, CAC-11: an answer that was under way when the token was purged is not kept")
  void answerUnderWay_isNotKept() throws Exception {
    Gate gate = new Gate();
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.server().next(Answers.after(gate, Answers.json(IntrospectionRig.active(""))));
      FutureTask<RawHttp.Response> first = new FutureTask<>(() -> rig.get("tok"));
      Thread thread = new Thread(first, "first");
      thread.start();
      gate.awaitArrivals(1);
      purge("tok");
      assertEquals(401, rig.get("tok").status(), "revoked, and the news is not the old question's");
      gate.open();
      assertEquals(
          200, first.get(30, TimeUnit.SECONDS).status(), "it was active when it was asked");
      thread.join();
      assertEquals(401, rig.get("tok").status());
      assertEquals(2, rig.calls());
    }
  }

  @Test
  @DisplayName("CAC-11: the bean counts decisions, shows no token, and goes with its filter")
  void bean_countsAndGoes() throws Exception {
    try (IntrospectionRig rig = IntrospectionRig.with()) {
      rig.active("s3cr3t", "\"sub\":\"alice\"");
      rig.assertPasses(rig.get("s3cr3t"));
      rig.assertInvalidToken(rig.get("bad"), "token_inactive");
      rig.assertInvalidToken(rig.get("bad"), "token_inactive");
      TabularData decisions = (TabularData) server.getAttribute(bean(), "Decisions");
      assertEquals(1L, count(decisions, "allowed"));
      assertEquals(2L, count(decisions, "token_inactive"));
      assertEquals(0L, count(decisions, "as_unavailable"));
      assertFalse(decisions.toString().contains("s3cr3t"));
    }
    assertEquals(Set.of(), server.queryNames(new ObjectName(ANY), null));
  }

  private void purge(String token) throws Exception {
    server.invoke(
        bean(), "purgeToken", new Object[] {token}, new String[] {String.class.getName()});
  }

  private ObjectName bean() throws Exception {
    Set<ObjectName> names = server.queryNames(new ObjectName(ANY), null);
    assertEquals(1, names.size(), names.toString());
    return names.iterator().next();
  }

  private static Object count(TabularData decisions, String name) {
    CompositeData row = decisions.get(new Object[] {name});
    return row.get("value");
  }
}
