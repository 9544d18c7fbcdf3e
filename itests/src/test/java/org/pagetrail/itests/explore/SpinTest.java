package org.pagetrail.itests.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.explore.Exploration;
import org.pagetrail.kvm.explore.Explorer;
import org.pagetrail.kvm.explore.Operation;
import org.pagetrail.kvm.explore.Start;
import org.pagetrail.kvm.explore.Watch;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** SPIN, where it is installed, reaches as many states by as many transitions. */
class SpinTest {
  private static final Pattern STORED = Pattern.compile("(\\d+) states, stored");
  private static final Pattern TRANSITIONS = Pattern.compile("(\\d+) transitions");
  private static final int DEPTH_MAX = 500;
  private static final long STATES_MAX = 1_000_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "anon_untouched, true, RWDc",
    "anon_untouched, false, RWhDcGl",
    "file_private, true, RWhFDcUP",
    "devmem_flash, false, RWAdao",
  })
  void spinReachesTheSameStatesByTheSameTransitions(
      String backing, boolean readOnly, String letters) throws IOException, InterruptedException {
    assumeThat(isInstalled("spin") && isInstalled("gcc")).isTrue();
    KernelModel right = Kernels.of(Arch.ARM64, "6.1");
    KernelModel left = Fixes.apply(right, Fixes.parse("bug-2014"));
    List<Operation> operations =
        Operation.of(Arch.ARM64, 1).stream()
            .filter(operation -> letters.indexOf(operation.letter()) >= 0)
            .toList();
    Explorer explorer =
        new Explorer(
            RecordedHost.of(Arch.ARM64, ThpMode.MADVISE),
            List.of(new Start(backing, readOnly)),
            operations,
            Watch.NONE);

    Exploration ours = explorer.compare(left, right, DEPTH_MAX, STATES_MAX);
    Files.writeString(folder.resolve("m.pml"), explorer.promela(left, right, DEPTH_MAX));
    run("spin", "-a", "m.pml");
    run("gcc", "-w", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c");
    String spins = run("./pan", "-m1000000");

    assertThat(ours.closed()).isTrue();
    assertThat(spins).contains("errors: 0").doesNotContain("max search depth too small");
    assertThat(number(STORED, spins)).isEqualTo(ours.states());
    // SPIN counts the initial state as a transition.
    assertThat(number(TRANSITIONS, spins) - 1).isEqualTo(ours.transitions());
  }

  private static boolean isInstalled(String program) {
    String path = Map.copyOf(System.getenv()).getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
