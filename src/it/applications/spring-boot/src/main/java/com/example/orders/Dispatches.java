/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.example.orders;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Ways inside the application, and what it sees of its caller on each. */
@RestController
@Configuration
public class Dispatches implements WebMvcConfigurer {

  /** Guarded by a role, also when it is dispatched again. */
  @GetMapping("/management/report")
  public Callable<String> report(Principal caller) {
    return () -> "report for " + caller.getName();
  }

  /** Needs no token, and leads to what does. */
  @GetMapping("/open")
  public ModelAndView open() {
    return new ModelAndView("forward:/orders");
  }

  /** Tells in a field of each response of an asynchronous request who was its caller then. */
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(
        new HandlerInterceptor() {
          @Override
          public boolean preHandle(
              HttpServletRequest request, HttpServletResponse response, Object handler) {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
              response.setHeader("Async-Caller", request.getRemoteUser());
            }
            return true;
          }
        });
  }
}
