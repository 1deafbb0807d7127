/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.credentials;

import static dev.portcullis.it.credentials.Registrations.CERTIFICATE;
import static dev.portcullis.it.credentials.Registrations.MANAGED;
import static dev.portcullis.it.credentials.Registrations.MANAGED_PATH;
import static dev.portcullis.it.credentials.Registrations.REGISTERED;
import static dev.portcullis.it.credentials.Registrations.REGISTERED_CERTIFICATE;
import static dev.portcullis.it.credentials.Registrations.SECRET;
import static dev.portcullis.it.credentials.Registrations.SECRET_CLIENT;
import static dev.portcullis.it.credentials.Registrations.SELF_SIGNED;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A way to prove who the filter is: the settings for it, right, and wrong in one thing. */
enum Credentials {
  /** The secret by Basic. */
  SECRET_BY_BASIC(SECRET_CLIENT) {
    @Override
    Map<String, String> settings(boolean right) {
      return Map.of("client.secret", right ? SECRET : "s3cr+t: /%&=");
    }
  },

  /** The secret in the body. */
  SECRET_BY_POST(SECRET_CLIENT) {
    @Override
    Map<String, String> settings(boolean right) {
      return Map.of(
          "client.secret-method", "post", "client.secret", right ? SECRET : "s3cr+t: /%&=");
    }
  },

  /**
   * Assertions signed by keys that the filter makes; wrong: keys that are not the published ones.
   */
  MANAGED_KEYS(MANAGED) {
    @Override
    Map<String, String> settings(boolean right) {
      return Map.of(
          "client.credentials-type",
          "private-key-jwt",
          "jwks.path",
          right ? MANAGED_PATH : MANAGED_PATH + "-of-another",
          "client.key-roll-interval", // filters with equal settings for their keys share them
          right ? "24" : "48");
    }
  },

  /** Assertions signed by a key that is registered as a JWK set. */
  REGISTERED_KEY(REGISTERED) {
    @Override
    Map<String, String> settings(boolean right) throws Exception {
      return signing(right ? Identities.shared().client() : Identities.shared().stranger());
    }
  },

  /** Assertions signed by a key that is registered as a certificate. */
  REGISTERED_KEY_OF_CERTIFICATE(REGISTERED_CERTIFICATE) {
    @Override
    Map<String, String> settings(boolean right) throws Exception {
      Identity identity = Identities.shared().client();
      Map<String, String> settings =
          new TreeMap<>(signing(right ? identity : Identities.shared().stranger()));
      settings.put("client.signing-key-id", identity.keyHash());
      return settings;
    }
  },

  /** Mutual TLS with a certificate of an authority. */
  CERTIFICATE_OF_AUTHORITY(CERTIFICATE) {
    @Override
    Map<String, String> settings(boolean right) throws Exception {
      return showing(right ? Identities.shared().client() : Identities.shared().stranger());
    }
  },

  /** Mutual TLS with a self-signed certificate. */
  SELF_SIGNED_CERTIFICATE(SELF_SIGNED) {
    @Override
    Map<String, String> settings(boolean right) throws Exception {
      return showing(right ? Identities.shared().selfSigned() : Identities.shared().stranger());
    }
  };

  private final String client;

  Credentials(String client) {
    this.client = client;
  }

  /** Settings that say how; right ones, or wrong ones that the authorization server must refuse. */
  abstract Map<String, String> settings(boolean right) throws Exception;

  /** The setting to look at when they are refused. */
  String setting() {
    return switch (this) {
      case SECRET_BY_BASIC, SECRET_BY_POST -> "client.secret";
      case MANAGED_KEYS -> "jwks.path";
      default -> "client.key-pair";
    };
  }

  /** The name of its path. */
  String path(boolean right) {
    if (this == MANAGED_KEYS && right) {
      return MANAGED; // where its keys are
    }
    return (right ? "" : "wrong-") + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All settings of a filter. */
  Map<String, String> settings(RealServer server, boolean right) throws Exception {
    Map<String, String> settings = new TreeMap<>(server.settings());
    settings.put("client.id", client);
    settings.putAll(trust());
    settings.putAll(settings(right));
    return settings;
  }

  private static Map<String, String> trust() throws Exception {
    return Map.of(
        "as.trusted-certificate-group",
        "tests",
        "trust.tests.store",
        Identities.shared().authority().toString(),
        "trust.tests.store-password",
        Identities.PASSWORD);
  }

  private static Map<String, String> signing(Identity identity) {
    return with(identity, "private-key-jwt");
  }

  private static Map<String, String> showing(Identity identity) {
    return with(identity, "mutual-tls");
  }

  private static Map<String, String> with(Identity identity, String type) {
    return Map.of(
        "client.credentials-type",
        type,
        "client.key-pair",
        "own",
        "key-pair.own.file",
        identity.store().toString(),
        "key-pair.own.password",
        Identities.PASSWORD);
  }
}
