package org.pagetrail.itests.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tlc2.TLC;

/** TLC reaches as many states by as many transitions. */
class TlcTest {
  private static final Pattern GENERATED = Pattern.compile("(\\d+) states generated");
  private static final Pattern DISTINCT = Pattern.compile("(\\d+) distinct states found, 0 states");

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.pagetrail.itests.explore.SmallSearch#all")
  void tlcReachesTheSameStatesByTheSameTransitions(String line)
      throws IOException, InterruptedException, URISyntaxException {
    SmallSearch search = SmallSearch.of(line);

    Files.writeString(folder.resolve("Search.tla"), search.model().tla("Search"));
    Files.writeString(folder.resolve("Search.cfg"), "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n");
    String tlcs =
        Programs.run(
            folder,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            "tlc2.TLC",
            "-workers",
            "1",
            "Search");

    assertThat(tlcs).contains("No error has been found");
    assertThat(Programs.number(DISTINCT, tlcs)).isEqualTo(search.found().states());
    // TLC counts the initial state as generated.
    assertThat(Programs.number(GENERATED, tlcs) - 1).isEqualTo(search.found().transitions());
  }
}
