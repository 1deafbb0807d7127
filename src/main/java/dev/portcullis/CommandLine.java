/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The JAR on the command line: {@code java -jar portcullis.jar check FILE} tells what a properties
 * file is worth before it is deployed, by the code of the filter; {@code settings} prints all keys
 * with their defaults. Exits with 0 if all is well, else with 1.
 */
public final class CommandLine {

  private static final String OFFLINE = "--offline";
  private static final String USAGE =
      "Usage: java -jar portcullis.jar check ["
          + OFFLINE
          + "] FILE\n"
          + "Checks the settings in a properties file and, unless "
          + OFFLINE
          + ", asks the authorization server.\n"
          + "Usage: java -jar portcullis.jar settings\n"
          + "Prints all settings with their defaults.";

  private CommandLine() {}

  /** Called by Java. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out::println) ? 0 : 1);
  }

  /**
   * Does what the arguments say.
   *
   * @param out takes lines
   * @return whether all is well
   */
  static boolean run(List<String> arguments, Consumer<String> out) {
    if (arguments.equals(List.of("settings"))) {
      SettingsList.print(out);
      return true;
    }
    List<String> words = new ArrayList<>(arguments);
    boolean isOffline = words.remove(OFFLINE);
    if (words.size() != 2 || !words.get(0).equals("check")) {
      out.accept(USAGE);
      return false;
    }
    return new ConfigurationCheck(out).run(words.get(1), isOffline);
  }
}
