package org.pagetrail.itests.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SPIN, where it is installed, reaches as many states by as many transitions. */
class SpinTest {
  private static final Pattern STORED = Pattern.compile("(\\d+) states, stored");
  private static final Pattern TRANSITIONS = Pattern.compile("(\\d+) transitions");

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.pagetrail.itests.explore.SmallSearch#all")
  void spinReachesTheSameStatesByTheSameTransitions(String line)
      throws IOException, InterruptedException {
    assumeThat(Programs.isInstalled("spin") && Programs.isInstalled("gcc"))
        .as("spin and gcc are installed")
        .isTrue();
    SmallSearch search = SmallSearch.of(line);

    Files.writeString(folder.resolve("m.pml"), search.model().promela());
    Programs.run(folder, "spin", "-a", "m.pml");
    Programs.run(folder, "gcc", "-w", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c");
    String spins = Programs.run(folder, "./pan", "-m1000000");

    assertThat(spins).contains("errors: 0").doesNotContain("max search depth too small");
    assertThat(Programs.number(STORED, spins)).isEqualTo(search.found().states());
    // SPIN counts the initial state as a transition.
    assertThat(Programs.number(TRANSITIONS, spins) - 1).isEqualTo(search.found().transitions());
  }
}
