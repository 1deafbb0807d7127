/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.ResourceServerSettings;
import dev.portcullis.audit.AuditSettings;
import dev.portcullis.authserver.AuthorizationServerSettings;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.config.PropertiesFile;
import dev.portcullis.forwarding.ForwardingSettings;
import dev.portcullis.http.HttpSettings;
import dev.portcullis.introspection.CacheSettings;
import dev.portcullis.introspection.WaitingSettings;
import dev.portcullis.keys.KeySettings;
import java.util.Optional;

/**
 * All settings of one filter.
 *
 * @param isManaged whether the filter can be seen over JMX
 * @param refusesOverride whether a request that names another method is refused
 * @param hidesCredentials whether the application must not see token and proof
 * @param allowsPreflight whether CORS preflight requests pass without a token
 * @param exposesChallenge whether scripts of other origins may read challenges
 */
record FilterSettings(
    KeySettings keys,
    AuthorizationServerSettings server,
    PublicationSettings publication,
    HttpSettings http,
    WaitingSettings waiting,
    CacheSettings cache,
    ForwardingSettings forwarding,
    ResourceServerSettings resource,
    AuditSettings audit,
    boolean refusesOverride,
    boolean hidesCredentials,
    boolean allowsPreflight,
    boolean exposesChallenge,
    boolean isManaged) {

  /**
   * Reads everything, then reports every mistake at once.
   *
   * @throws InvalidConfigurationException if there is any
   */
  static FilterSettings read(ConfigReader config) throws InvalidConfigurationException {
    Optional<String> unused = config.string(PropertiesFile.KEY); // opened before
    OnMistake unusedYet = OnMistake.read(config); // asked for when the start fails
    Profile profile = Profile.read(config);
    KeySettings keys = KeySettings.read(config);
    AuthorizationServerSettings server = AuthorizationServerSettings.read(config, keys);
    PublicationSettings publication =
        PublicationSettings.read(config, server.client().managesKeys());
    HttpSettings http = HttpSettings.read(config);
    WaitingSettings waiting = WaitingSettings.read(config);
    CacheSettings cache = CacheSettings.read(config);
    ForwardingSettings forwarding = ForwardingSettings.read(config);
    ResourceServerSettings resource =
        ResourceServerSettings.read(
            config, server.issuer(), cache.timeToLive(), profile.demandsBoundTokens());
    FilterSettings settings =
        new FilterSettings(
            keys,
            server,
            publication,
            http,
            waiting,
            cache.usedFor(resource.access().timesToLive()),
            forwarding,
            resource,
            AuditSettings.read(config),
            config.flag("request.refuse-method-override", false),
            config.flag("request.hide-credentials", false),
            config.flag("cors.allow-preflight", false),
            config.flag("cors.expose-challenge-headers", false),
            config.flag("management.jmx", true));
    profile.check(config);
    config.finish();
    return settings;
  }
}
