package org.pagetrail.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.Machines;

/** Which kernels are tried. */
class CandidatesTest {
  @Test
  void everyReleaseIsTriedPlainAndWithEachFixThatChangesIt() {
    assertThat(Candidates.of(Arch.ARM64, null))
        .containsAll(
            Kernels.releases(Arch.ARM64).stream().map(r -> Kernels.of(Arch.ARM64, r)).toList())
        .contains(Machines.kernel("5.10", "bug-2014"), Machines.kernel("6.18", "arch-pfn-valid"))
        .doesNotContain(Machines.kernel("6.1", "device-read-only"));
  }

  @Test
  void theNamedKernelComesFirstAndIsTriedWithEachFixBesides() {
    KernelModel bug = Machines.kernel("6.1", "bug-2014");

    assertThat(Candidates.of(Arch.ARM64, bug))
        .startsWith(bug)
        .contains(Machines.kernel("6.1", "bug-2014", "device-read-only"));
  }

  @Test
  void noTwoCandidatesOfAReleaseHaveTheSameRules() {
    for (Arch arch : Arch.values()) {
      assertThat(Candidates.of(arch, null))
          .extracting(kernel -> kernel.release() + kernel.rules())
          .doesNotHaveDuplicates();
    }
  }
}
