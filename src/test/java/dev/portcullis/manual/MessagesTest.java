/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that the settings page quotes are those that start-up errors are pinned to have. */
class MessagesTest {

  /** What stands for something else: {@code <name>}. */
  private static final Pattern VARIABLE = Pattern.compile("<[a-z ]+>");

  /** These are about files and classes, and other tests show them. */
  private static final Set<String> PINNED_ELSEWHERE =
      Set.of(
          "cache.tokens: must be false when profile is fapi2.",
          "audit.file: is in use by another application.",
          "audit.file: cannot be opened: <cause>",
          "audit.<name>.class: '<class>' must be public and not abstract.",
          "audit.<name>.class: '<class>' must have a public constructor without parameters.",
          "audit.<name>.class: '<class>' cannot be opened: <cause>",
          "dpop.replay-store: '<class>' must be public and not abstract.",
          "dpop.replay-store: '<class>' must have a public constructor without parameters.",
          "dpop.replay-store: '<class>' cannot be opened: <cause>",
          "client.assertion-algorithm: differs from that of the keys in the file.",
          "client.decryption-key-pair: its key cannot decrypt by <algorithm>.",
          "client.key-pair: its key cannot sign by <algorithm>.",
          "client.signing-keys-file: cannot use '<file>'.",
          "config-file: cannot read '<name>'.",
          "config-file: must be an init-param, not an entry of <file>.",
          "dpop.signature-provider: <name> needs the class <class>. Use auto, built-in or java, which"
              + " need nothing.",
          "dpop.signature-provider: <name> cannot be used: <cause>. Use auto, built-in or java, which"
              + " need nothing.",
          "dpop.signature-provider: nothing verifies <algorithm> here. Leave it out of"
              + " dpop.signing-algorithms.",
          "jdk.internal.httpclient.disableHostnameVerification: this system property lets"
              + " connections go to any host. Start Java without it.",
          "jdk.security.allowNonCaAnchor: this property lets the certificate of a server vouch for"
              + " other servers. Start Java without it.",
          "key-pair.<name>.alias: is required because the store holds more than one key.",
          "key-pair.<name>.file: '<file>' must hold one private key and its certificates.",
          "key-pair.<name>.password: does not open the key in '<file>'.",
          "trust.<name>.store: '<file>' is no PKCS#12 or JKS store that this password opens.");

  @Test
  void quotedMessages_areThosePinned() throws IOException {
    List<String> pinned =
        Files.readAllLines(Page.PROJECT.resolve("src/test/resources/settings-errors.golden"))
            .stream()
            .filter(line -> line.startsWith("  "))
            .map(String::strip)
            .toList();
    List<String> quoted = quoted().filter(message -> !PINNED_ELSEWHERE.contains(message)).toList();

    assertFalse(quoted.isEmpty());
    assertEquals(
        List.of(),
        quoted.stream()
            .filter(message -> pinned.stream().noneMatch(pattern(message).asMatchPredicate()))
            .toList());
  }

  private static Stream<String> quoted() {
    Page page = Page.of("settings.md");
    Stream<String> listed =
        page.blocks("text").stream()
            .filter(block -> !block.startsWith("Filter '"))
            .flatMap(String::lines);
    Stream<String> single =
        page.prose().stream()
            .filter(line -> line.startsWith("Mistake: "))
            .map(line -> Page.codeIn(line).get(0));
    return Stream.concat(listed, single);
  }

  private static Pattern pattern(String message) {
    return Pattern.compile("\\Q" + VARIABLE.matcher(message).replaceAll("\\\\E.+\\\\Q") + "\\E");
  }
}
