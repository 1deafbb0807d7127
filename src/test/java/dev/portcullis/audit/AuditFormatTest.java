/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.api.AuditEvent;
import dev.portcullis.api.AuditField;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditFormatTest {

  @ParameterizedTest
  @CsvSource({"file-unusable, 8", "certificate-expired, 8", "file-reloaded, 3"})
  void cef_ranksAlarmsAsFaults(String kind, int severity) {
    AuditEvent event =
        AuditEvent.of(AuditEvent.Type.SYSTEM, Entries.NOON).with(AuditField.KIND, kind).build();
    String line = CefEntry.line(event);
    assertTrue(line.contains("|" + kind + "|Event of the filter|" + severity + "|"), line);
  }

  @Test
  void requestInJson_hasNumbersBooleansArraysAndObjects() {
    assertEquals(
        "{\"time\":\"2026-11-24T12:00:00.000Z\",\"event\":\"request\",\"exchangeId\":\"x1\","
            + "\"trackingId\":\"atid:0123456789abcdef\",\"roundTripMS\":12,\"proxyRoundTripMS\":0,"
            + "\"introspectionMS\":7,\"resource\":\"https://api.example.com/shop/orders\","
            + "\"subject\":\"alice\",\"clientId\":\"web\",\"scopes\":[\"read\",\"list\"],"
            + "\"authMech\":\"OAuth-Bearer\",\"tokenSource\":\"introspection\","
            + "\"client\":\"192.0.2.7\",\"method\":\"GET\",\"requestUri\":\"/shop/orders\","
            + "\"responseCode\":403,\"outcome\":\"denied\",\"failedRuleType\":\"scope_missing\","
            + "\"failedRuleName\":\"require.scopes\",\"applicationName\":\"Shop\","
            + "\"resourceName\":\"oauth\",\"pathPrefix\":\"/shop\",\"host\":\"api.example.com\","
            + "\"attributes\":{\"username\":\"alice\"}}",
        AuditFormat.JSON.line(Entries.refusedRequest()));
  }

  @Test
  void asRequestInJson_leavesOutWhatHasNoValue() {
    assertEquals(
        "{\"time\":\"2026-11-24T12:00:00.000Z\",\"event\":\"as-request\",\"exchangeId\":\"x1\","
            + "\"roundTripMS\":7,\"method\":\"POST\",\"requestUri\":\"/introspect\","
            + "\"responseCode\":200,\"outcome\":\"active\",\"targetHost\":\"as.example.com:443\","
            + "\"targetScheme\":\"https\",\"viaProxy\":false,\"attempt\":1}",
        AuditFormat.JSON.line(Entries.asRequest()));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T12:00:00Z, 2026-11-24T12:00:00.000Z",
    "2026-11-24T12:00:00.120Z, 2026-11-24T12:00:00.120Z",
    "2026-11-24T12:00:00.999999999Z, 2026-11-24T12:00:00.999Z"
  })
  void time_hasThreeDigitsOfMilliseconds(Instant time, String expected) {
    assertTrue(
        AuditFormat.JSON.line(Entries.at(time, "x")).startsWith("{\"time\":\"" + expected + "\""));
  }

  @Test
  void requestInKeyValue_quotesEachValue() {
    assertEquals(
        "time=\"2026-11-24T12:00:00.000Z\" event=\"request\" exchangeId=\"x1\""
            + " trackingId=\"atid:0123456789abcdef\" roundTripMS=\"12\" proxyRoundTripMS=\"0\""
            + " introspectionMS=\"7\" resource=\"https://api.example.com/shop/orders\""
            + " subject=\"alice\" clientId=\"web\" scopes=\"read list\" authMech=\"OAuth-Bearer\""
            + " tokenSource=\"introspection\" client=\"192.0.2.7\" method=\"GET\""
            + " requestUri=\"/shop/orders\" responseCode=\"403\" outcome=\"denied\""
            + " failedRuleType=\"scope_missing\" failedRuleName=\"require.scopes\""
            + " applicationName=\"Shop\" resourceName=\"oauth\" pathPrefix=\"/shop\""
            + " host=\"api.example.com\" attributes.username=\"alice\"",
        AuditFormat.KEY_VALUE.line(Entries.refusedRequest()));
  }

  @Test
  void requestInPipe_hasColumnsInOrderAndAttributesBehind() {
    assertEquals(
        "2026-11-24T12:00:00.000Z| x1| atid:0123456789abcdef| 12 ms| 0 ms| 7 ms|"
            + " https://api.example.com/shop/orders| alice| OAuth-Bearer| 192.0.2.7| GET|"
            + " /shop/orders| 403| scope_missing| require.scopes| Shop| oauth| /shop|"
            + " attributes.username=alice",
        AuditFormat.PIPE.line(Entries.refusedRequest()));
  }

  @Test
  void asRequestInPipe_keepsColumnsAndNamesTheRest() {
    assertEquals(
        "2026-11-24T12:00:00.000Z| x1| | 7 ms| | | | | | | POST| /introspect| 200| | | | | |"
            + " event=as-request| outcome=active| targetHost=as.example.com:443|"
            + " targetScheme=https| viaProxy=false| attempt=1",
        AuditFormat.PIPE.line(Entries.asRequest()));
  }

  @Test
  void systemEventInPipe_keepsColumnsAndNamesTheRest() {
    AuditEvent event =
        SystemEvents.configurationLoaded(Entries.NOON, "oauth", Map.of("client.id", "web"));

    assertEquals(
        "2026-11-24T12:00:00.000Z| | | | | | | | | | | | | | | | | | event=system|"
            + " kind=configuration-loaded| detail=filter oauth| settings.client.id=web",
        AuditFormat.PIPE.line(event));
  }

  @Test
  void requestInCef_usesDictionaryAndOwnKeys() {
    assertEquals(
        "CEF:0|Portcullis|Portcullis|unknown|scope_missing|Request to the application|5|"
            + "rt=1795521600000 PortcullisEvent=request externalId=x1"
            + " PortcullisTrackingId=atid:0123456789abcdef PortcullisRoundTripMS=12"
            + " PortcullisProxyRoundTripMS=0 PortcullisIntrospectionMS=7"
            + " request=https://api.example.com/shop/orders suser=alice PortcullisClientId=web"
            + " PortcullisScopes=read list PortcullisAuthMech=OAuth-Bearer"
            + " PortcullisTokenSource=introspection src=192.0.2.7 requestMethod=GET"
            + " PortcullisRequestUri=/shop/orders PortcullisResponseCode=403 outcome=denied"
            + " reason=scope_missing PortcullisFailedRuleName=require.scopes"
            + " destinationServiceName=Shop PortcullisResourceName=oauth"
            + " PortcullisPathPrefix=/shop dvchost=api.example.com"
            + " PortcullisAttributes={\"username\":\"alice\"}",
        AuditFormat.CEF.line(Entries.refusedRequest()));
  }

  @Test
  void ipv6ClientInCef_goesByItsOwnKey() {
    AuditEvent event =
        AuditEvent.of(AuditEvent.Type.REQUEST, Entries.NOON)
            .with(AuditField.CLIENT, "2001:db8::1")
            .build();

    assertTrue(AuditFormat.CEF.line(event).endsWith(" c6a2=2001:db8::1"));
  }

  @Test
  void eventInCef_isNamedByKindOrOutcomeOrType() {
    assertTrue(
        AuditFormat.CEF
            .line(SystemEvents.filterStopped(Entries.NOON, "oauth"))
            .contains("|filter-stopped|Event of the filter|3|"));
    assertTrue(
        AuditFormat.CEF
            .line(Entries.asRequest())
            .contains("|active|Request to the authorization server|1|"));
    assertTrue(
        AuditFormat.CEF
            .line(Entries.numbered(1))
            .contains("|request|Request to the application|3|"));
  }
}
