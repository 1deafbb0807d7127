/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.authserver;

import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Lets the page of the sample fetch and revoke tokens itself, as a client in the browser would: the
 * answers of two endpoints may be read by script that was loaded from this machine, any port.
 */
@Configuration(proxyBeanMethods = false)
class BrowserAccess {

  @Bean
  FilterRegistrationBean<CorsFilter> corsFilter() {
    CorsConfiguration thisMachine = new CorsConfiguration();
    thisMachine.setAllowedOriginPatterns(List.of("http://127.0.0.1:[*]", "http://localhost:[*]"));
    thisMachine.setAllowedMethods(List.of("POST"));
    thisMachine.setAllowedHeaders(List.of("Authorization", "Content-Type", "DPoP"));

    UrlBasedCorsConfigurationSource endpoints = new UrlBasedCorsConfigurationSource();
    endpoints.registerCorsConfiguration("/oauth2/token", thisMachine);
    endpoints.registerCorsConfiguration("/oauth2/revoke", thisMachine);

    FilterRegistrationBean<CorsFilter> filter =
        new FilterRegistrationBean<>(new CorsFilter(endpoints));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }
}
