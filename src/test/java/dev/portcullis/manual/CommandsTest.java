/*
 * Copyright 2026 The Portcullis Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.portcullis.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two commands of the README and what they print: those that CI runs, to the letter. */
class CommandsTest {

  private static final String TRY = "mvn -Psample";
  private static final String TEST = "mvn verify";

  @Test
  void readme_namesTwoCommands_eachInABlockOfItsOwn() {
    List<String> commands =
        Page.readme().blocks("sh").stream()
            .map(String::strip)
            .filter(block -> block.startsWith("mvn "))
            .toList();

    assertEquals(List.of(TRY, TEST), commands);
  }

  @Test
  void secondCommand_isTheOneThatCiRuns() throws IOException {
    List<String> run =
        read(".ci/run")
            .lines()
            .map(line -> line.replace("\"${options[@]}\" ", ""))
            .filter(line -> line.startsWith("mvn "))
            .toList();

    assertEquals(TEST, run.get(0));
  }

  /** It names no goal: the profile has to. */
  @Test
  void firstCommand_isWhatTheBuildOffers() throws IOException {
    String pom = read("pom.xml");
    String profile = pom.substring(pom.indexOf("<id>sample</id>"));

    String goals = profile.substring(0, profile.indexOf("</profile>")).strip();

    assertTrue(goals.contains("<defaultGoal>"), goals);
    assertTrue(goals.contains("<argument>webapp-sample/pom.xml</argument>"), goals);
  }

  @Test
  void linesToPaste_areThoseThatTheSamplePrints() throws IOException {
    String printed = instructions();

    String pasted =
        Page.readme().blocks("sh").stream()
            .filter(block -> block.startsWith("# No token"))
            .findFirst()
            .orElseThrow();

    assertTrue(printed.contains(pasted), () -> pasted + "is not in" + printed);
  }

  /** The text in the launcher, with the addresses it has unless told otherwise. */
  private static String instructions() throws IOException {
    String source =
        read("webapp-sample/src/serve/java/dev/portcullis/sample/serve/Instructions.java");
    String text = source.split("\"\"\"", -1)[1];
    return Arrays.stream(text.substring(1).stripIndent().split("\n", -1))
        .map(CommandsTest::unescaped)
        .reduce("", (all, line) -> all + line + "\n")
        .replace("%SAMPLE%", "http://127.0.0.1:8080")
        .replace("%AS%", "http://127.0.0.1:9000");
  }

  private static String unescaped(String line) {
    return line.replace("\\\\", "\\");
  }

  private static String read(String path) throws IOException {
    return Files.readString(Page.PROJECT.resolve(path));
  }
}
