/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.UserRoleAuthorizationInterceptor;

@Configuration
public class Roles implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    UserRoleAuthorizationInterceptor managers = new UserRoleAuthorizationInterceptor();
    managers.setAuthorizedRoles("manager");
    registry.addInterceptor(managers).addPathPatterns("/management/**");
  }
}
