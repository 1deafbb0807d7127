/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A check that a server does not pass, by the server's own doing. It is run all the same and must
 * fail: the day it passes, this is to be deleted. The table of the manual tells it with its reason.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(KnownDifference.All.class)
public @interface KnownDifference {

  /** Name of the test method. */
  String check();

  /** Of a check with arguments: what the display name of the call ends with; empty means each. */
  String with() default "";

  /** Why, in a sentence about the server, and how it is without our filter. */
  String reason();

  /** All of a cell. */
  @Documented
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {

    /** In the order of the source. */
    KnownDifference[] value();
  }
}
