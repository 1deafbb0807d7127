/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import dev.portcullis.ResourceServerFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.servlet.filter.OrderedHiddenHttpMethodFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration
public class Protection {

  @Bean
  FilterRegistrationBean<ResourceServerFilter> portcullis(Environment environment) {
    FilterRegistrationBean<ResourceServerFilter> filter =
        new FilterRegistrationBean<>(new ResourceServerFilter());
    filter.setName("portcullis");
    // Everything below "portcullis" in application.yaml is a setting.
    filter.setInitParameters(
        Binder.get(environment)
            .bind("portcullis", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of()));
    filter.addUrlPatterns("/*");
    filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    filter.setAsyncSupported(true);
    // Behind filters that change scheme, host or method, in front of those that read the body.
    filter.setOrder(OrderedHiddenHttpMethodFilter.DEFAULT_ORDER + 1);
    return filter;
  }
}
