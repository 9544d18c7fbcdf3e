package org.pagetrail.itests.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.app.reproduce.Reproducer;
import org.pagetrail.kvm.conform.Backings;
import org.pagetrail.kvm.conform.Conformance;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.explore.Operation;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Kernels;

/**
 * Scenarios as C programs: a compiler takes each, where there is one, and on a machine with KVM
 * those of x86 print what the model says.
 */
class ReproducerTest {
  private static final Path KVM = Path.of("/dev/kvm");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"x86, gcc", "arm64, aarch64-linux-gnu-gcc"})
  void aProgramForEachBackingAndEachOperationCompilesWithoutAWarning(String word, String compiler)
      throws IOException, InterruptedException {
    assumeThat(Programs.isInstalled(compiler)).as("%s is installed", compiler).isTrue();
    Arch arch = Arch.of(word);
    List<String> sources = new ArrayList<>();
    String operations = letters(Operation.of(arch, 2));
    for (String backing : Backings.names(arch)) {
      sources.add(write(arch, "%s RO %s".formatted(backing, operations), sources.size()));
    }
    for (Operation operation : Operation.of(arch, 2)) {
      sources.add(write(arch, "anon_untouched RW L " + operation.letter(), sources.size()));
    }

    List<String> command =
        new ArrayList<>(List.of(compiler, "-Wall", "-Wextra", "-Werror", "-O1", "-c"));
    command.addAll(sources);

    assertThat(Programs.run(folder, command.toArray(String[]::new))).isEmpty();
  }

  @Test
  void aProgramIsRefusedWhereThereIsNoGuestCode() {
    assertThat(Reproducer.isFor(Arch.RISCV)).isFalse();
    assertThat(Stream.of(Arch.values()).filter(Reproducer::isFor))
        .containsExactlyInAnyOrder(Arch.ARM64, Arch.X86);
  }

  /** What a machine can do whose KVM emulates the guest, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "anon_untouched RO RW",
        "anon_untouched RO RWXhR",
        "anon_untouched RW RWR",
        "anon_hostread RO RhRWR",
        "anon_written RO RDRWR",
        "anon_written RW WcW",
        "anon_written RO XWdRaX",
        "file_private RO RWCRW",
        "file_shared RO RoRWOWR",
        "file_shared_ro_rofd RO RUR",
        "memfd_private_untouched RW RTRWR",
        "memfd_shared_untouched RW WfRdR",
        "shm_untouched RW L WRGWG"
      })
  void aProgramPrintsWhatTheModelSaysOfTheKernelThatRunsHere(String scenario)
      throws IOException, InterruptedException {
    assumeThat(Programs.isInstalled("gcc")).as("gcc is installed").isTrue();
    assumeThat(System.getProperty("os.arch")).isEqualTo("amd64");
    assumeThat(Files.isReadable(KVM) && Files.isWritable(KVM)).as("/dev/kvm is there").isTrue();
    assumeThat(Files.readString(Path.of("/sys/kernel/mm/transparent_hugepage/enabled")))
        .as("huge pages by advice, as the model is asked")
        .contains("[madvise]");

    Programs.run(folder, "gcc", "-O1", "-o", "reproducer", write(Arch.X86, scenario, 0));
    String row =
        Programs.run(folder, "sh", "-c", "./reproducer 2>reproducer.err || cat reproducer.err");

    Conformance conformance =
        new Conformance(Kernels.of(Arch.X86, "6.18"), RecordedHost.of(Arch.X86, ThpMode.MADVISE));
    List<StepResult> steps = conformance.compare(row);
    assertThat(row).startsWith(scenario + " ::");
    assertThat(steps).hasSize(TableLine.parse(scenario + " ::").sequence().length());
    assertThat(steps.stream().filter(step -> !step.matches())).isEmpty();
  }

  private String write(Arch arch, String scenario, int number) throws IOException {
    String name = "program" + number + ".c";
    TableLine line = TableLine.parse(scenario + " ::");
    Files.writeString(folder.resolve(name), Reproducer.of(arch, line, List.of()));
    return name;
  }

  private static String letters(List<Operation> operations) {
    StringBuilder letters = new StringBuilder();
    operations.forEach(operation -> letters.append(operation.letter()));
    return letters.toString();
  }
}
