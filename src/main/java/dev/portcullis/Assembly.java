/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.ResourceServer;
import dev.portcullis.audit.AuditFiles;
import dev.portcullis.audit.AuditTrail;
import dev.portcullis.audit.RequestEntries;
import dev.portcullis.audit.SystemEvents;
import dev.portcullis.authserver.AuthorizationServerClient;
import dev.portcullis.authserver.RegisteredKey;
import dev.portcullis.authserver.SigningKeys;
import dev.portcullis.authserver.Timing;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.dpop.DpopSettings;
import dev.portcullis.dpop.ReplayGuard;
import dev.portcullis.http.ApacheHttpTransport;
import dev.portcullis.introspection.CachingTokenIntrospector;
import dev.portcullis.introspection.RemoteTokenIntrospector;
import dev.portcullis.introspection.SharedTokenIntrospector;
import dev.portcullis.introspection.TokenCache;
import dev.portcullis.keys.FileReload;
import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.TlsMaterial;
import dev.portcullis.keys.UnusableFileException;
import dev.portcullis.oauth.AttributePath;
import dev.portcullis.store.EhcacheTokenCache;
import dev.portcullis.store.LocalReplayStore;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes every long-lived object of a filter, from the bottom up, and closes them in reverse. The
 * only wiring there is.
 */
final class Assembly implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Assembly.class.getName());

  private static final InstantSource CLOCK = InstantSource.system();

  private final Teardown teardown;
  private final FilterConfig config;
  private final FilterSettings settings;
  private final Door door;

  private Assembly(
      FilterConfig config,
      FilterSettings settings,
      Map<String, String> effective,
      Teardown teardown)
      throws InvalidConfigurationException {
    this.teardown = teardown;
    this.config = config;
    this.settings = settings;
    AuditTrail trail = auditTrail(effective);
    DecisionCounters counters = new DecisionCounters();
    TokenCache active = teardown.add(new EhcacheTokenCache(settings.cache().maxEntries()));
    TokenCache inactive = teardown.add(new EhcacheTokenCache(settings.cache().maxEntries()));
    Optional<SigningKeys> keys = SigningKeys.open(settings.server().client(), CLOCK, trail::record);
    keys.ifPresent(teardown::add);
    SharedTokenIntrospector introspector = introspector(trail, active, inactive, keys);
    if (settings.isManaged()) {
      teardown.add(Management.register(config, counters, introspector, active));
    }
    door =
        new Door(
            config,
            new ResourceServer(settings.resource(), introspector, replays(), CLOCK),
            new RejectionWriter(settings.resource().challenge()),
            requestAudit(trail, counters),
            publication(keys),
            settings);
  }

  /**
   * Reads the settings and makes everything.
   *
   * @throws InvalidConfigurationException if any setting is wrong
   */
  static Assembly of(FilterConfig config) throws InvalidConfigurationException {
    ConfigReader reader = new ConfigReader(InitParameters.sources(config));
    FilterSettings settings = FilterSettings.read(reader);
    reader.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
    Assembly assembly = assemble(config, settings, reader.effective());
    String description = settings.server().description();
    LOG.log(
        System.Logger.Level.INFO,
        "Filter {0} protects {1}{2}",
        config.getFilterName(),
        config.getServletContext().getContextPath() + "/",
        description.isEmpty() ? "" : ": " + description);
    return assembly;
  }

  /** All of it, or nothing that stays open. */
  private static Assembly assemble(
      FilterConfig config, FilterSettings settings, Map<String, String> effective)
      throws InvalidConfigurationException {
    Teardown teardown = new Teardown();
    try {
      return new Assembly(config, settings, effective, teardown);
    } catch (InvalidConfigurationException | RuntimeException e) {
      teardown.close();
      throw e;
    }
  }

  Door door() {
    return door;
  }

  @Override
  public void close() {
    teardown.close();
  }

  private AuditTrail auditTrail(Map<String, String> effective)
      throws InvalidConfigurationException {
    String filter = config.getFilterName();
    AuditTrail trail =
        teardown.add(AuditTrail.open(settings.audit(), filter, files(config.getServletContext())));
    trail.record(SystemEvents.configurationLoaded(CLOCK.instant(), filter, effective));
    teardown.add(() -> trail.record(SystemEvents.filterStopped(CLOCK.instant(), filter)));
    return trail;
  }

  private SharedTokenIntrospector introspector(
      AuditTrail trail, TokenCache active, TokenCache inactive, Optional<SigningKeys> keys)
      throws InvalidConfigurationException {
    TlsMaterial material = material();
    ApacheHttpTransport transport =
        teardown.add(
            new ApacheHttpTransport(
                settings.http(), material, settings.server().endpoints().targets().size()));
    watchFiles(trail, material, transport, keys);
    AuthorizationServerClient client =
        new AuthorizationServerClient(
            settings.server(),
            settings.http().overallTimeout(),
            transport,
            trail::record,
            Timing.ofThisMachine(),
            keys);
    AttributePath subject = settings.resource().identity().subject();
    return new SharedTokenIntrospector(
        new CachingTokenIntrospector(
            new RemoteTokenIntrospector(client, subject, settings.audit()::trackingId, CLOCK),
            settings.cache(),
            active,
            inactive,
            System::nanoTime),
        settings.http().overallTimeout());
  }

  private Optional<ReplayGuard> replays() {
    DpopSettings dpop = settings.resource().dpop();
    return dpop.isOn() && dpop.detectsReplay()
        ? Optional.of(
            new ReplayGuard(new LocalReplayStore(dpop.maxEntries(), CLOCK), System::nanoTime))
        : Optional.empty();
  }

  private Optional<KeyPublication> publication(Optional<SigningKeys> keys) {
    if (!settings.publication().isEnabled()) {
      return Optional.empty();
    }
    settings.publication().warnIfOutside(config);
    return keys.map(published -> new KeyPublication(published, settings.publication()));
  }

  private TlsMaterial material() throws InvalidConfigurationException {
    try {
      TlsMaterial material =
          TlsMaterial.load(settings.server().trust(), settings.server().client().keyPair());
      material.identity().ifPresent(this::present);
      return material;
    } catch (UnusableFileException e) {
      throw new InvalidConfigurationException(List.of(String.valueOf(e.getMessage())));
    }
  }

  private void present(KeyEntry identity) {
    LOG.log(
        System.Logger.Level.INFO,
        "Filter {0} shows the certificate {1}",
        config.getFilterName(),
        identity);
    if (!identity.isValidAt(CLOCK.instant())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "client.key-pair: the certificate is expired or not yet valid: " + identity);
    }
  }

  private void watchFiles(
      AuditTrail trail,
      TlsMaterial material,
      ApacheHttpTransport transport,
      Optional<SigningKeys> keys) {
    FileReload reload = teardown.add(new FileReload(trail::record, CLOCK, LOG));
    settings
        .server()
        .trust()
        .filesBySetting()
        .forEach(
            (setting, files) ->
                reload.watch(
                    setting,
                    files,
                    () -> {
                      material.rereadTrust();
                      transport.closeIdle();
                    }));
    settings
        .server()
        .client()
        .keyPair()
        .ifPresent(
            pair ->
                reload.watch(
                    pair.fileSetting(),
                    List.of(pair.file()),
                    () -> {
                      material.rereadIdentity();
                      transport.closeIdle();
                      material.identity().ifPresent(this::present);
                    }));
    if (keys.orElse(null) instanceof RegisteredKey key) {
      reload.watch(key.keyPair().fileSetting(), List.of(key.keyPair().file()), key::reread);
    }
    reload.every(settings.keys().reloadInterval());
  }

  private RequestAudit requestAudit(AuditTrail trail, DecisionCounters counters) {
    ServletContext context = config.getServletContext();
    RequestEntries.Place place =
        new RequestEntries.Place(
            Objects.requireNonNullElse(context.getServletContextName(), ""),
            config.getFilterName(),
            HostName.ofThisMachine(),
            settings.resource().audience().baseUrls());
    return new RequestAudit(
        trail,
        new RequestEntries(place, settings.resource().identity().subject(), settings.audit()),
        settings.audit().requests(),
        counters,
        CLOCK);
  }

  /** The audit files of the application: its filters may share one. */
  private static AuditFiles files(ServletContext context) {
    String attribute = AuditFiles.class.getName();
    synchronized (context) {
      if (context.getAttribute(attribute) instanceof AuditFiles files) {
        return files;
      }
      AuditFiles files = new AuditFiles();
      context.setAttribute(attribute, files);
      return files;
    }
  }
}
