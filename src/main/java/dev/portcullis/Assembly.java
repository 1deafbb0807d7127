/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import dev.portcullis.access.ResourceServer;
import dev.portcullis.api.ReplayStore;
import dev.portcullis.audit.AuditFiles;
import dev.portcullis.audit.AuditTrail;
import dev.portcullis.audit.RequestEntries;
import dev.portcullis.audit.SystemEvents;
import dev.portcullis.authserver.ApplicationKeys;
import dev.portcullis.authserver.ClientSettings;
import dev.portcullis.authserver.SigningKeys;
import dev.portcullis.config.ConfigReader;
import dev.portcullis.config.InvalidConfigurationException;
import dev.portcullis.dpop.DpopProofValidator;
import dev.portcullis.dpop.DpopSettings;
import dev.portcullis.dpop.ReplayGuard;
import dev.portcullis.dpop.TestedSignatures;
import dev.portcullis.dpop.WarmUp;
import dev.portcullis.introspection.CacheSettings;
import dev.portcullis.introspection.CachingTokenIntrospector;
import dev.portcullis.introspection.Renewals;
import dev.portcullis.introspection.SharedTokenIntrospector;
import dev.portcullis.introspection.TokenCache;
import dev.portcullis.keys.FileReload;
import dev.portcullis.keys.KeyEntry;
import dev.portcullis.keys.TlsMaterial;
import dev.portcullis.oauth.TokenIntrospector;
import dev.portcullis.store.BoundedReplayStore;
import dev.portcullis.store.EhcacheTokenCache;
import dev.portcullis.store.LocalReplayStore;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes every long-lived object of a filter, from the bottom up, and closes them in reverse. The
 * only wiring there is.
 */
final class Assembly implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Assembly.class.getName());

  private static final String SECRET_NOTE =
      "client.credentials-type: secret is in use; with private-key-jwt and mutual-tls nothing that"
          + " could be stolen from the authorization server is shared (RFC 9700 section 2.5).";

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
    TlsMaterial material = ServerLink.material(settings);
    Optional<KeyEntry> identity = ServerLink.identity(settings, material);
    identity.ifPresent(this::present);
    AuditTrail trail = auditTrail(described(effective, identity));
    DecisionCounters counters = new DecisionCounters();
    TokenCache active = teardown.add(cache());
    TokenCache inactive = teardown.add(cache());
    Renewals renewals = teardown.add(new Renewals(settings.http().maxConnections()));
    ServerLink link = ServerLink.open(settings, material, trail::record, teardown);
    Optional<SigningKeys> keys =
        link.signingKeys(
            applicationKeys(config.getServletContext()), settings.publication().path());
    teardown.add(link.probe());
    FileReload reload = teardown.add(new FileReload(trail::record, CLOCK, LOG));
    new WatchedFiles(settings, reload).watch(material, link.transport(), keys, this::present);
    SharedTokenIntrospector introspector =
        share(link.introspector(keys), active, inactive, renewals);
    if (settings.isManaged()) {
      teardown.add(Management.register(config, counters, introspector, active));
    }
    door =
        new Door(
            config,
            new ResourceServer(settings.resource(), introspector, proofs(), replays(), CLOCK),
            new RejectionWriter(settings.resource().challenge()),
            requestAudit(trail, counters),
            documents(keys),
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
    WebSocketHandshakes.warn(config.getServletContext());
    Assembly assembly = assemble(config, settings, reader.effective());
    String description = settings.server().description();
    LOG.log(
        System.Logger.Level.INFO,
        "Filter {0} protects {1}{2}",
        config.getFilterName(),
        contextPath(config) + "/",
        description.isEmpty() ? "" : ": " + description);
    if (settings.server().client().secret().isPresent()) {
      LOG.log(System.Logger.Level.INFO, SECRET_NOTE);
    }
    return assembly;
  }

  /** Where the application is mounted; of the root it is empty. */
  static String contextPath(FilterConfig config) {
    return Told.by(config.getServletContext()::getContextPath).orElse("");
  }

  /** All of it, or nothing that stays open. */
  private static Assembly assemble(
      FilterConfig config, FilterSettings settings, Map<String, String> effective)
      throws InvalidConfigurationException {
    Teardown teardown = new Teardown();
    try {
      return new Assembly(config, settings, effective, teardown);
    } catch (InvalidConfigurationException | RuntimeException | Error e) {
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

  private TokenCache cache() {
    CacheSettings cache = settings.cache();
    return new EhcacheTokenCache(cache.maxEntries(), cache.maxSize(), System::nanoTime);
  }

  private SharedTokenIntrospector share(
      TokenIntrospector remote, TokenCache active, TokenCache inactive, Renewals renewals) {
    return new SharedTokenIntrospector(
        new CachingTokenIntrospector(remote, settings.cache(), active, inactive, System::nanoTime),
        settings.waiting(),
        renewals,
        settings.http().overallTimeout(),
        System::nanoTime);
  }

  private DpopProofValidator proofs() throws InvalidConfigurationException {
    DpopSettings dpop = settings.resource().dpop();
    TestedSignatures signatures = TestedSignatures.of(dpop);
    teardown.add(WarmUp.start(dpop, signatures, new Rehearsal()));
    return new DpopProofValidator(dpop, CLOCK, signatures);
  }

  private Optional<ReplayGuard> replays() throws InvalidConfigurationException {
    DpopSettings dpop = settings.resource().dpop();
    if (!dpop.isOn() || !dpop.detectsReplay()) {
      return Optional.empty();
    }
    ReplayStore store =
        dpop.store().isPresent()
            ? BoundedReplayStore.open(dpop.store().get())
            : new LocalReplayStore(dpop.maxEntries(), CLOCK, System::nanoTime);
    return Optional.of(new ReplayGuard(teardown.add(store), CLOCK, System::nanoTime));
  }

  private List<PublicDocument> documents(Optional<SigningKeys> keys) {
    PublicDocuments documents = new PublicDocuments(config);
    if (settings.publication().isEnabled()) {
      keys.ifPresent(published -> documents.addKeys(published, settings.publication()));
    }
    settings
        .resource()
        .metadata()
        .ifPresent(metadata -> documents.addMetadata(metadata, settings.resource()));
    return documents.all();
  }

  private void present(KeyEntry identity) {
    LOG.log(
        System.Logger.Level.INFO,
        "Filter {0} uses the key pair of {1}",
        config.getFilterName(),
        identity);
    ServerLink.problem(identity, CLOCK.instant())
        .ifPresent(problem -> LOG.log(System.Logger.Level.WARNING, problem));
  }

  /** The settings, and beside the name of the key pair what it holds. */
  private static Map<String, String> described(
      Map<String, String> effective, Optional<KeyEntry> identity) {
    Map<String, String> settings = new LinkedHashMap<>(effective);
    identity.ifPresent(
        entry ->
            settings.computeIfPresent(ClientSettings.KEY_PAIR, (key, name) -> name + ": " + entry));
    return settings;
  }

  private RequestAudit requestAudit(AuditTrail trail, DecisionCounters counters) {
    ServletContext context = config.getServletContext();
    RequestEntries.Place place =
        new RequestEntries.Place(
            Told.by(context::getServletContextName).orElse(""),
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
    return shared(context, AuditFiles.class, AuditFiles::new);
  }

  /** The signing keys of the application: one of its filters publishes those of all. */
  private static ApplicationKeys applicationKeys(ServletContext context) {
    return shared(context, ApplicationKeys.class, ApplicationKeys::new);
  }

  /** What the filters of an application have in common. */
  private static <T> T shared(ServletContext context, Class<T> type, Supplier<T> maker) {
    synchronized (context) {
      Object present = context.getAttribute(type.getName());
      if (type.isInstance(present)) {
        return type.cast(present);
      }
      T made = maker.get();
      context.setAttribute(type.getName(), made);
      return made;
    }
  }
}
