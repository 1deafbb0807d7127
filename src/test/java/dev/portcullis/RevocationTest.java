/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.testing.CapturedLog;
import dev.portcullis.testing.PemText;
import dev.portcullis.testing.TestingApplication;
import dev.portcullis.testing.TestingAuthority;
import dev.portcullis.testing.TestingAuthority.Issued;
import dev.portcullis.testing.TestingAuthority.Status;
import dev.portcullis.testing.TestingAuthorizationServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates of the authorization server that their authority has taken back. */
class RevocationTest {

  private static final String[] LENIENT = {};
  private static final String[] STRICT = {
    "trust.corp.deny-unknown-revocation-status", "true",
  };

  @TempDir private Path folder;

  /** What the caller gets when the authorization server has that certificate. */
  private int status(TestingAuthority root, Issued issued, String... settings) throws Exception {
    Path anchor = Files.writeString(folder.resolve("root.pem"), PemText.of(root.certificate()));
    try (TestingAuthorizationServer server =
        TestingAuthorizationServer.secured(issued.context())
            .token("good", "{\"active\":true,\"sub\":\"alice\",\"client_id\":\"app\"}")) {
      TestingApplication.Builder builder =
          TestingApplication.builder()
              .asking(server.url("/introspect"))
              .with("failover.max-retries", "0")
              .with("as.trusted-certificate-group", "corp")
              .with("trust.corp.certificates", anchor.toString())
              .with("trust.corp.crl-checking", "true")
              .with("trust.corp.ocsp", "true");
      for (int i = 0; i < settings.length; i += 2) {
        builder.with(settings[i], settings[i + 1]);
      }
      try (TestingApplication application = builder.start()) {
        int status = application.get("/r", "Authorization: Bearer good").status();
        assertEquals(status == 200 ? 1 : 0, server.requests().size());
        return status;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Status.class, mode = EnumSource.Mode.EXCLUDE, names = "NOWHERE")
  @DisplayName("INT-03: a revoked certificate is refused, one that is not is taken")
  void revokedCertificate_isRefused(Status status) throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root");
        CapturedLog log = CapturedLog.of("dev.portcullis.authserver")) {
      Issued issued = root.server("as", status);
      assertEquals(200, status(root, issued, STRICT));
      Issued revoked = root.server("as", status);
      root.revoke(revoked.certificate());
      assertEquals(503, status(root, revoked, LENIENT));
      List<String> errors = log.linesAt(Level.SEVERE);
      assertEquals(1, errors.size(), errors::toString);
      assertTrue(errors.get(0).contains("the certificate is revoked: CN=as"), errors::toString);
      assertTrue(errors.get(0).endsWith("See as.trusted-certificate-group."), errors::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"CRL, ocsp", "OCSP, crl-checking"})
  void methodThatIsSwitchedOff_isNotUsed(Status status, String left) throws Exception {
    String off = left.equals("ocsp") ? "crl-checking" : "ocsp";
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Issued revoked = root.server("as", status);
      root.revoke(revoked.certificate());
      assertEquals(200, status(root, revoked, "trust.corp." + off, "false"));
      assertEquals(503, status(root, revoked, "trust.corp." + off, "false", STRICT[0], STRICT[1]));
    }
  }

  @Test
  void responderThatIsGone_isReplacedByTheList() throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Issued revoked = root.server("as", Status.BOTH);
      root.revoke(revoked.certificate());
      root.refuseStatus();
      assertEquals(503, status(root, revoked, LENIENT));
    }
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  @DisplayName("INT-03: a revoked intermediate is refused, whatever is known of the others")
  void revokedIntermediate_isRefused(Status ofTheServer) throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root");
        TestingAuthority upper = root.authority("upper", Status.NOWHERE);
        TestingAuthority lower = upper.authority("lower", Status.CRL)) {
      Issued issued = lower.server("as", ofTheServer);
      assertEquals(200, status(root, issued, LENIENT));
      assertEquals(503, status(root, issued, STRICT)); // nothing is known of the upper one
      Issued behindRevoked = other(upper, ofTheServer);
      assertEquals(503, status(root, behindRevoked, LENIENT));
    }
  }

  private static Issued other(TestingAuthority upper, Status ofTheServer) throws Exception {
    try (TestingAuthority revoked = upper.authority("revoked", Status.CRL)) {
      Issued issued = revoked.server("as", ofTheServer);
      upper.revoke(revoked.certificate());
      return issued;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("INT-11: a responder that does not answer takes a second, and no handshake with it")
  void stalledResponder_takesASecond(boolean strict) throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Issued issued = root.server("as", Status.BOTH);
      root.stall();
      long began = System.nanoTime();
      assertEquals(strict ? 503 : 200, status(root, issued, strict ? STRICT : LENIENT));
      long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      assertTrue(took < 10, () -> took + " s"); // Java would give it 15 seconds for each
    }
  }

  @Test
  @DisplayName("INT-03: a stalled responder does not hide a revoked intermediate")
  void stalledResponder_hidesNoOther() throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root");
        TestingAuthority lower = root.authority("lower", Status.CRL)) {
      Issued issued = lower.server("as", Status.OCSP);
      lower.stall();
      root.revoke(lower.certificate());
      assertEquals(503, status(root, issued, LENIENT));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unknownStatus_isRefusedWhereThatIsSet(boolean strict) throws Exception {
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Issued issued = root.server("as", Status.BOTH);
      root.stop();
      assertEquals(strict ? 503 : 200, status(root, issued, strict ? STRICT : LENIENT));
    }
  }

  @Test
  void datesLeftOut_revocationIsCheckedAllTheSame() throws Exception {
    String[] dateless = {"trust.corp.skip-certificate-date-check", "true"};
    try (TestingAuthority root = TestingAuthority.root("root")) {
      Issued revoked = root.server("as", Status.BOTH);
      root.revoke(revoked.certificate());
      assertEquals(200, status(root, root.server("as", Status.BOTH), dateless));
      assertEquals(503, status(root, revoked, dateless));
    }
  }
}
