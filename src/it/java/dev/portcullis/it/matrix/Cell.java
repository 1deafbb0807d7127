/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives a class of tests its place in the matrix. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Cell {

  /**
   * Its name: the server's, its line of versions and what is special, as {@code tomcat-11-virtual}.
   */
  String value();

  /** The lowest Java that the server runs on. */
  int java() default 17;
}
