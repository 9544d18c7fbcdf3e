package org.pagetrail.itests.boots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.check.Candidates;
import org.pagetrail.simulation.check.CheckResult;
import org.pagetrail.simulation.check.Separation;
import org.pagetrail.simulation.check.Separation.RuleLine;
import org.pagetrail.simulation.check.TrailCheck;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;

/** Which kernels explain whole recorded boots, by their observations alone. */
class CheckedBootsTest {
  private static final Path BOOTS = Path.of("..", "captures", "boots");
  private static final KernelModel GOOD = Kernels.of(Arch.ARM64, "6.1");
  private static final KernelModel BUG = Fixes.named("bug-2014").applyTo(GOOD);

  @Test
  void aHangingBootThatNamesNoKernelIsExplainedByTheReleaseWithTheRuleOf2014Alone() {
    Trail recorded = read("bug2014-6.1-pflashcode-thpnever");

    CheckResult result = TrailCheck.of(recorded, null, Candidates.of(Arch.ARM64, null), true);

    assertThat(result.ranking().getFirst().kernels())
        .extracting(KernelModel::toString)
        .containsExactly(
            "arm64 5.10 + bug-2014",
            "arm64 5.15 + bug-2014",
            "arm64 6.1 + bug-2014",
            "arm64 6.2 + bug-2014",
            "arm64 6.6 + bug-2014",
            "arm64 6.7 + bug-2014",
            "arm64 6.9 + bug-2014");
    assertThat(result.ranking().getFirst().score().unexplained()).isZero();
    assertThat(result.ranking().getFirst().score().explained()).isGreaterThan(33_000);
    assertThat(result.ownRules())
        .extracting(RuleLine::rule)
        .containsExactlyInAnyOrder(
            "arm64/device/mmio-predicate",
            "arm64/device-permission/always-writable",
            "generic/mmio-pfn/page-reserved");
    Separation separation = Objects.requireNonNull(result.separation());
    assertThat(separation.miss().stimulus()).isEqualTo("READ fault at 0x4000037");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stock-6.1-bios64-thpnever", "debian-6.1-bios64-thpnever"})
  void aBootToTheShellIsExplainedByItsReleaseAndNotByTheRuleOf2014(String boot) {
    CheckResult result = TrailCheck.of(read(boot), GOOD, List.of(GOOD, BUG), false);

    assertThat(Objects.requireNonNull(result.named()).score().unexplained()).isZero();
    assertThat(result.ranking().getFirst().kernels()).containsExactly(GOOD);
    assertThat(result.ranking().getLast().score().unexplained()).isPositive();
  }

  @Test
  void aBootThatNeverMapsTheZeroPageDoesNotTellTheRuleOf2014FromItsRelease() {
    Trail recorded = read("debian-6.1-pflash2-thpalways");

    CheckResult result = TrailCheck.of(recorded, GOOD, List.of(GOOD, BUG), false);

    assertThat(result.ranking()).hasSize(1);
    assertThat(result.ranking().getFirst().kernels()).containsExactly(GOOD, BUG);
    assertThat(result.ranking().getFirst().score().unexplained()).isZero();
    assertThat(result.separation()).isNull();
  }

  private static Trail read(String boot) {
    return CaptureImporter.importFolder(BOOTS.resolve(boot), ImportOptions.DEFAULT).trail();
  }
}
