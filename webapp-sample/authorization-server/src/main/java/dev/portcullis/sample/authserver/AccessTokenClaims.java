/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.authserver;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * What the access tokens of this server say beside the usual: the API that they are meant for
 * ({@code aud}) and the roles of whoever holds them. Opaque tokens and JWTs say the same; the web
 * application learns both from the answer to its introspection request.
 */
@Configuration(proxyBeanMethods = false)
class AccessTokenClaims {

  private static final List<String> ROLES = List.of("clerk");

  @Bean
  OAuth2TokenCustomizer<OAuth2TokenClaimsContext> opaqueTokens() {
    return context -> context.getClaims().audience(audienceOf(context)).claim("roles", ROLES);
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> jwts() {
    return context -> context.getClaims().audience(audienceOf(context)).claim("roles", ROLES);
  }

  private static List<String> audienceOf(OAuth2TokenContext context) {
    boolean billing = context.getRegisteredClient().getClientId().equals("demo-billing");
    return List.of(billing ? "billing-api" : "orders-api");
  }
}
