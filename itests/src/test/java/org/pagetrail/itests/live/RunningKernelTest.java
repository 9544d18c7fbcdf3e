package org.pagetrail.itests.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagetrail.app.live.HostFacts;
import org.pagetrail.app.live.LinuxKvm;
import org.pagetrail.app.live.LiveConformance;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Kernels;

/** The memslot requests of the table, put to this machine's KVM. */
class RunningKernelTest {
  private static final Path DEVICE = Path.of(LinuxKvm.DEVICE);

  @BeforeEach
  void theDeviceIsThere() {
    assumeTrue(
        Files.isReadable(DEVICE) && Files.isWritable(DEVICE),
        "no access to " + DEVICE + " on this machine");
  }

  @Test
  void theRunningKernelAnswersEveryMemslotRequestAsItsModel() {
    try (LinuxKvm kvm = LinuxKvm.open()) {
      HostFacts host = kvm.facts();
      Arch arch = Arch.of(host.arch());
      String release = Kernels.nearest(arch, host.release());
      assumeTrue(
          (host.release() + ".").startsWith(release + "."),
          "there is no model of " + host.release() + " itself");

      List<StepResult> steps = LiveConformance.compare(kvm, Kernels.of(arch, release));

      assertThat(steps).hasSizeGreaterThan(90);
      assertThat(steps).filteredOn(step -> !step.isNoise() && !step.matches()).isEmpty();
    }
  }

  @Test
  void nothingIsLeftOpenOrMapped() throws IOException {
    String mapped;
    try (LinuxKvm kvm = LinuxKvm.open()) {
      mapped = Long.toHexString(kvm.facts().writable().start().value()) + "-";
      assertThat(openOfKvm()).containsExactly(LinuxKvm.DEVICE);
      assertThat(mappings()).anyMatch(line -> line.startsWith(mapped));

      LiveConformance.compare(kvm, Kernels.of(Arch.of(kvm.facts().arch()), "6.1"));

      assertThat(openOfKvm()).containsExactly(LinuxKvm.DEVICE);
    }
    assertThat(openOfKvm()).isEmpty();
    assertThat(mappings()).noneMatch(line -> line.startsWith(mapped));
  }

  @Test
  void thePackagedCommandPrintsTheCountAndNothingOnStandardError() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("../app/target/pagetrail.jar").toString(),
                "conform",
                "--live")
            .start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isBetween(0, 1);
    assertThat(err).isEmpty();
    assertThat(out.lines().toList().getLast()).matches("\\d+ of \\d+ steps match");
  }

  private static List<String> mappings() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps"));
  }

  /** The open files of this process that are KVM's device, a virtual machine or a processor. */
  private static List<String> openOfKvm() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files
          .map(RunningKernelTest::target)
          .filter(name -> name.equals(LinuxKvm.DEVICE) || name.startsWith("anon_inode:kvm"))
          .toList();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // Closed meanwhile.
    }
  }
}
