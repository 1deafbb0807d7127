/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.it.matrix;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/**
 * What there is of our filters in a virtual machine.
 *
 * @param classLoaders how many class loaders have loaded the filter, after a full collection
 * @param instances how many objects of the filter's class there are
 * @param threads names of threads of ours
 * @param beans names of MBeans of ours
 */
record Traces(int classLoaders, int instances, Set<String> threads, Set<String> beans) {

  private static final Pattern FILTER_CLASS =
      Pattern.compile("dev\\.portcullis\\.ResourceServerFilter(?![\\w$.])");
  private static final Pattern FILTER_OBJECTS =
      Pattern.compile(
          "(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+dev\\.portcullis\\.ResourceServerFilter\\b");
  private static final Pattern THREAD = Pattern.compile("(?m)^\"(portcullis[^\"]*)\"");

  static Traces in(MBeanServerConnection machine) throws Exception {
    String histogram = command(machine, "gcClassHistogram"); // collects first
    String loaders = command(machine, "vmClassloaders", "show-classes=true");
    String threads = command(machine, "threadPrint");
    return new Traces(
        (int) FILTER_CLASS.matcher(loaders).results().count(),
        FILTER_OBJECTS
            .matcher(histogram)
            .results()
            .mapToInt(found -> Integer.parseInt(found.group(1)))
            .sum(),
        THREAD
            .matcher(threads)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new)),
        machine.queryNames(new ObjectName("dev.portcullis:*"), null).stream()
            .map(ObjectName::toString)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Whether nothing is there that was not; what other checks have left may have gone since. */
  boolean isNoMoreThan(Traces before) {
    return classLoaders <= before.classLoaders
        && instances <= before.instances
        && before.threads.containsAll(threads)
        && before.beans.containsAll(beans);
  }

  /** What the tool {@code jcmd} would print. */
  private static String command(MBeanServerConnection machine, String name, String... arguments)
      throws Exception {
    Object result =
        machine.invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            name,
            new Object[] {Arrays.copyOf(arguments, arguments.length)},
            new String[] {String[].class.getName()});
    return (String) result;
  }
}
