package org.pagetrail.app.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.conform.Conformance;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** Fixes stated as expressions decide every step of every table as the built-in ones do. */
class StatedAsBuiltInTest {
  private static final Path TABLES = Path.of("..", "captures", "tables");
  private static final int STEPS_MIN = 13_000;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "arch-writable-guard, device := writable && device",
    "generic-zero-page, mmio := mmio && !pfn.zero",
    "arch-pfn-valid, device := !pfn.valid",
    "device-read-only, device.write := writable"
  })
  void aStatedFixDecidesEveryStepOfEveryTableAsTheBuiltInOne(String builtIn, String statement)
      throws IOException {
    KernelModel bug = Fixes.apply(Kernels.of(Arch.ARM64, "6.1"), List.of(Fixes.named("bug-2014")));
    KernelModel expected = Fixes.named(builtIn).applyTo(bug);
    KernelModel stated = FixNames.fix("mine: " + statement).applyTo(bug);

    assertThatBothDecideAlike(expected, stated);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"3.17-rc", "4.18", "6.1", "7.2"})
  void theBugItselfCanBeStated(String release) throws IOException {
    KernelModel kernel = Kernels.of(Arch.ARM64, release);
    String bug = "mine: mmio := !pfn.valid || pfn.reserved; device := mmio; device.write := true";

    Path table = TABLES.resolve("arm64-6.1-bug2014/kvmtab-v1-devmem_flash.table.txt");
    List<Event> expected = events(play(table, Fixes.named("bug-2014").applyTo(kernel)));

    assertThat(expected).isNotEmpty();
    assertThat(events(play(table, FixNames.fix(bug).applyTo(kernel)))).isEqualTo(expected);
  }

  private static void assertThatBothDecideAlike(KernelModel expected, KernelModel stated)
      throws IOException {
    int steps = 0;
    for (Path table : tables()) {
      List<StepResult> right = play(table, expected);
      List<StepResult> left = play(table, stated);
      steps += right.size();

      assertThat(events(left)).as(table.toString()).isEqualTo(events(right));
      assertThat(left.stream().map(StepResult::got).toList())
          .isEqualTo(right.stream().map(StepResult::got).toList());
      assertThat(left.stream().filter(StepResult::matches).count())
          .isEqualTo(right.stream().filter(StepResult::matches).count());
    }
    assertThat(steps).isGreaterThan(STEPS_MIN);
  }

  private static List<Event> events(List<StepResult> steps) {
    return steps.stream().flatMap(step -> step.decisions().stream()).map(Decision::event).toList();
  }

  private static List<StepResult> play(Path table, KernelModel kernel) throws IOException {
    String name = table.getFileName().toString();
    ThpMode mode =
        name.contains("thpalways")
            ? ThpMode.ALWAYS
            : name.contains("thpnever") ? ThpMode.NEVER : ThpMode.MADVISE;
    Conformance conformance = new Conformance(kernel, RecordedHost.of(kernel.arch(), mode));
    List<StepResult> results = new ArrayList<>();
    for (String line : Files.readAllLines(table)) {
      results.addAll(conformance.compare(line));
    }
    return results;
  }

  private static List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.walk(TABLES)) {
      return files
          .filter(file -> file.toString().endsWith(".table.txt"))
          .filter(file -> file.toString().contains("arm64"))
          .sorted()
          .toList();
    }
  }
}
