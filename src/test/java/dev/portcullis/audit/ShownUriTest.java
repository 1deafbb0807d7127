/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FLD-75: no entry holds a token that somebody put into a URI. */
class ShownUriTest {

  @ParameterizedTest
  @DisplayName("FLD-75: path parameters are left out, and what names a token")
  @CsvSource({
    "/r;access_token=S, /r",
    "/r;jsessionid=S, /r",
    "/a;x=S/b;y/c, /a/b/c",
    "/r%3Baccess_token=S, /r",
    "/r%3baccess_token=S%2Fmore, /r",
    "/r%253Baccess_token=S/t, /r/t",
    "/r/access_token=S/t, /r/-/t",
    "/r/x&Access%5FToken=S, /r/-",
    "/r%3Faccess_token=S, /-",
    "/r%00access_token%3DS, /-",
    "http://localhost:8080/r;x=1, http://localhost:8080/r",
    "/oauth/access_token/renew, /oauth/access_token/renew",
    "/caf%C3%A9/%41, /caf%C3%A9/%41",
    "/100%, /100%"
  })
  void path_holdsNoToken(String path, String shown) {
    assertEquals(shown, ShownUri.path(path));
  }

  @ParameterizedTest
  @DisplayName("FLD-75: a query that may hold a token is left out")
  @ValueSource(
      strings = {
        "access_token=S",
        "Access_Token=S",
        "ACCESS-TOKEN=S",
        "accessToken=S",
        "a=1;access_token=S",
        "a=1&access_token=S",
        "access_token%00=S",
        "%00access_token=S",
        "access%5Ftoken=S",
        "access%255Ftoken=S",
        "%61ccess_token=S",
        "access_token[]=S",
        "+access_token=S",
        "%EF%BD%81ccess_token=S",
        "%&access_token=S",
        "x=%3Faccess_token%3DS",
        "refresh_token=S",
        "id_token=S",
        "client_secret=S",
        "client_assertion=S",
      })
  void queryWithToken_isLeftOut(String query) {
    assertEquals("", ShownUri.query(Optional.of(query)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=1", "a=1&b=%20c", "token=1", "access=1&token=2", "%", "q=%zz"})
  void otherQuery_isShownAsItCame(String query) {
    assertEquals("?" + query, ShownUri.query(Optional.of(query)));
  }
}
