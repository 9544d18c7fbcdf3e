package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aCallWithoutArgumentsPrintsTheUsage() {
    assertThat(run()).isZero();
    assertThat(out.toString()).startsWith("Usage: pagetrail");
  }

  @Test
  void anUnknownOptionIsRefusedOnStderrAndLeavesStdoutEmpty() {
    assertThat(run("--no-such-option")).isEqualTo(2);
    assertThat(err.toString()).contains("--no-such-option");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theVersionIsNamed() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("pagetrail ");
  }

  @Test
  void theListOfCommandsHasWholeSentences() {
    assertThat(run("--help")).isZero();
    String commands = out.toString().replaceFirst("(?s).*Commands:\n", "");
    for (String command : commands.split("\n(?=  \\w)", -1)) {
      assertThat(command.strip()).endsWith(".");
    }
  }

  @Test
  void descriptionsAreBrokenOnlyWhereALineIsFull() {
    assertThat(run("replay", "--help")).isZero();
    assertThat(out.toString().lines().toList())
        .allMatch(line -> line.length() <= 100)
        .contains(
            "                           letter or a commit of 'pagetrail rules --fixes'; a rule;"
                + " a fix of your");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
