package org.pagetrail.kvm.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** Every step of the recorded tables, under the kernel that recorded them. */
class RecordedTablesTest {
  private static final Path TABLES = Path.of("..", "captures", "tables");

  static Stream<Path> tables() throws IOException {
    try (Stream<Path> files = Files.walk(TABLES)) {
      return files
          .filter(file -> file.toString().endsWith(".table.txt"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyStepOfARecordedTableIsWhatTheModelSays(Path table) throws IOException {
    Conformance conformance = new Conformance(kernelOf(table), hostOf(table));
    List<StepResult> results =
        Files.readAllLines(table).stream()
            .flatMap(line -> conformance.compare(line).stream())
            .filter(result -> !result.isNoise())
            .toList();
    List<String> wrong =
        results.stream()
            .filter(result -> !result.matches())
            .map(r ->
                r.scenario()
                    + " #"
                    + r.step()
                    + " expected "
                    + r.expected()
                    + " got "
                    + r.got()
                    + " by "
                    + r.rule())
            .toList();

    assertThat(results).isNotEmpty();
    assertThat(wrong).isEmpty();
  }

  static KernelModel kernelOf(Path table) {
    KernelModel kernel = Kernels.of(archOf(table), release(table));
    return table.toString().contains("bug2014")
        ? Fixes.apply(kernel, Fixes.parse("bug-2014"))
        : kernel;
  }

  /** A table's folder is named {@code ARCH-RELEASE-KERNEL}. */
  private static String release(Path table) {
    return TABLES.relativize(table).getName(0).toString().split("-", -1)[1];
  }

  static Arch archOf(Path table) {
    return table.toString().contains("x86") ? Arch.X86 : Arch.ARM64;
  }

  static RecordedHost hostOf(Path table) {
    String name = table.getFileName().toString();
    ThpMode mode =
        name.contains("thpalways")
            ? ThpMode.ALWAYS
            : name.contains("thpnever") ? ThpMode.NEVER : ThpMode.MADVISE;
    return RecordedHost.of(archOf(table), mode);
  }
}
