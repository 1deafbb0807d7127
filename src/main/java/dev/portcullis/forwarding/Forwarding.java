/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import dev.portcullis.forwarding.ForwardingSettings.Style;
import dev.portcullis.forwarding.ForwardingSettings.Value;
import dev.portcullis.oauth.ResourceRequest.Connection;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what the container knows of a connection by what a trusted proxy says, where the peer is
 * one. Nothing a proxy leaves out is taken from elsewhere but the connection itself; what cannot be
 * read counts as left out. Immutable.
 */
public final class Forwarding {

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

  private final ForwardingSettings settings;

  /** Makes one for those settings. */
  public Forwarding(ForwardingSettings settings) {
    this.settings = settings;
  }

  /** The connection of the client, as far as it can be told. */
  public Connection connection(Connection direct, FieldLines fields) {
    if (!settings.proxies().contains(direct.peer())) {
      return direct;
    }
    ForwardedElement said = settings.style() == Style.FORWARDED ? element(fields) : old(fields);
    String scheme = said.scheme().flatMap(Forwarding::scheme).orElse(direct.scheme());
    boolean isSecure = said.scheme().isPresent() ? scheme.equals("https") : direct.isSecure();
    Matcher authority = AUTHORITY.matcher(said.host().orElse(""));
    boolean hasHost = authority.matches();
    return new Connection(
        isSecure,
        said.client().filter(Forwarding::isAddress).orElse(direct.peer()),
        scheme,
        hasHost ? authority.group(1) : direct.host(),
        hasHost ? port(authority.group(2), scheme) : direct.port(),
        certificate(direct, fields));
  }

  /** Where a header brings it, it is nowhere else: the connection has that of the proxy. */
  private Optional<X509Certificate> certificate(Connection direct, FieldLines fields) {
    return settings.certificateHeader().isEmpty()
        ? direct.certificate()
        : CertificateHeader.read(
            fields.of(settings.certificateHeader().get()), settings.certificateFormat());
  }

  private ForwardedElement element(FieldLines fields) {
    List<ForwardedElement> elements = ForwardedElement.parse(fields.of("Forwarded"));
    int chosen = choose(elements.stream().map(ForwardedElement::client).toList());
    return chosen < 0 ? ForwardedElement.NOTHING : elements.get(chosen);
  }

  private ForwardedElement old(FieldLines fields) {
    ForwardingSettings.Headers names = settings.headers();
    List<String> clients =
        values(fields.of(names.client())).stream().map(ForwardedElement::withoutPort).toList();
    int chosen = choose(clients.stream().map(Optional::of).toList());
    Optional<String> port = single(fields, names.port());
    Optional<String> host =
        single(fields, names.host())
            .map(name -> port.isEmpty() || hasPort(name) ? name : name + ":" + port.get());
    return new ForwardedElement(
        chosen < 0 ? Optional.empty() : Optional.of(clients.get(chosen)),
        single(fields, names.scheme()),
        host);
  }

  /**
   * Which of a list counts: with {@code last} that which was written by the outermost of the
   * trusted proxies, so that nothing a client put in front is ever believed.
   */
  private int choose(List<Optional<String>> clients) {
    if (settings.value() == Value.FIRST) {
      return clients.isEmpty() ? -1 : 0;
    }
    int chosen = clients.size() - 1;
    while (chosen > 0 && clients.get(chosen).filter(settings.proxies()::contains).isPresent()) {
      chosen--;
    }
    return chosen;
  }

  private Optional<String> single(FieldLines fields, String name) {
    List<String> values = values(fields.of(name));
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(values.get(settings.value() == Value.FIRST ? 0 : values.size() - 1));
  }

  private static List<String> values(List<String> lines) {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      COMMA.splitAsStream(line).map(String::strip).filter(v -> !v.isEmpty()).forEach(values::add);
    }
    return values;
  }

  private static Optional<String> scheme(String text) {
    String scheme = text.toLowerCase(Locale.ROOT);
    return scheme.equals("https") || scheme.equals("http") ? Optional.of(scheme) : Optional.empty();
  }

  private static boolean hasPort(String host) {
    return host.lastIndexOf(':') > host.lastIndexOf(']');
  }

  private static int port(@Nullable String digits, String scheme) {
    if (digits != null) {
      return Integer.parseInt(digits);
    }
    return scheme.equals("https") ? 443 : 80;
  }

  private static boolean isAddress(String text) {
    return AddressRange.address(text).isPresent();
  }
}
