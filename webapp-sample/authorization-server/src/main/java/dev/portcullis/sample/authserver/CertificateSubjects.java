/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.sample.authserver;

import java.util.Map;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;

/**
 * The subject of the certificate that a client shows ({@code tls_client_auth}, RFC 8705 §2.1), for
 * which Spring Boot has no property: {@code certificate-subjects.<name of the client>}. The sample
 * has no such client; the tests have.
 */
@Configuration(proxyBeanMethods = false)
class CertificateSubjects {

  @Bean
  InitializingBean registerCertificateSubjects(
      RegisteredClientRepository clients, Environment environment) {
    Bindable<Map<String, String>> subjects = Bindable.mapOf(String.class, String.class);
    return () ->
        Binder.get(environment)
            .bind("certificate-subjects", subjects)
            .orElse(Map.of())
            .forEach((id, subject) -> clients.save(with(clients.findById(id), subject)));
  }

  private static RegisteredClient with(RegisteredClient client, String subject) {
    ClientSettings settings =
        ClientSettings.withSettings(client.getClientSettings().getSettings())
            .x509CertificateSubjectDN(subject)
            .build();
    return RegisteredClient.from(client).clientSettings(settings).build();
  }
}
