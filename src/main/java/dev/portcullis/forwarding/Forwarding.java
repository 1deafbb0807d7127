/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.forwarding;

import dev.portcullis.forwarding.ForwardingSettings.Style;
import dev.portcullis.forwarding.ForwardingSettings.Value;
import dev.portcullis.oauth.ResourceRequest.Connection;
import dev.portcullis.oauth.ResourceRequest.Statement;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what the container knows of a connection by what a trusted proxy says, where the peer is
 * one. Nothing a proxy leaves out is taken from elsewhere but the connection itself; what it says
 * and cannot be read makes the whole request unreadable. Immutable.
 */
public final class Forwarding {

  private static final int LARGEST_PORT = 65_535;

  /** Values of {@code proto}, those of WebSockets among them. */
  private static final Map<String, String> SCHEMES =
      Map.of("https", "https", "wss", "https", "http", "http", "ws", "http");

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

  private final ForwardingSettings settings;
  private final List<String> names;

  /** Makes one for those settings. */
  public Forwarding(ForwardingSettings settings) {
    this.settings = settings;
    this.names = settings.fields();
  }

  /** The connection of the client, as far as it can be told. */
  public Connection connection(Connection direct, FieldLines fields) {
    if (!settings.proxies().contains(direct.peer())) {
      return direct;
    }
    ForwardedElement said = settings.style() == Style.FORWARDED ? element(fields) : old(fields);
    if (!isUnderstood(said)) {
      return direct.with(Statement.UNREADABLE);
    }
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
        certificate(direct, fields),
        statement(fields));
  }

  /** Whether a trusted proxy says anything at all: then the connection is not the client's. */
  private Statement statement(FieldLines fields) {
    for (String name : names) {
      for (String line : fields.of(name)) {
        if (!line.isBlank()) {
          return Statement.READ;
        }
      }
    }
    return Statement.NONE;
  }

  private static boolean isUnderstood(ForwardedElement said) {
    return said.isReadable()
        && said.client().filter(client -> !isNode(client)).isEmpty()
        && said.scheme().filter(scheme -> scheme(scheme).isEmpty()).isEmpty()
        && said.host().filter(host -> !isAuthority(host)).isEmpty();
  }

  /** An address, or that the proxy does not know it or does not tell (RFC 7239 section 6). */
  private static boolean isNode(String text) {
    return isAddress(text) || text.equalsIgnoreCase("unknown") || text.startsWith("_");
  }

  private static boolean isAuthority(String text) {
    Matcher authority = AUTHORITY.matcher(text);
    return authority.matches()
        && (authority.group(2) == null || Integer.parseInt(authority.group(2)) <= LARGEST_PORT);
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
        true,
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
    return Optional.ofNullable(SCHEMES.get(text.toLowerCase(Locale.ROOT)));
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
