package org.pagetrail.simulation.minimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.Machines;
import org.pagetrail.simulation.whatif.WhatIf;

/** The smallest part of a run at which two kernels part. */
class MinimizerTest {
  private static final KernelModel GOOD = Machines.kernel("6.1");
  private static final KernelModel BUG = Machines.kernel("6.1", "bug-2014");
  private static final Trail HANGING = Machines.run(Machines.BIOS_64, "never", BUG);

  @Test
  void ofAHangingBootAHandfulOfStimuliIsLeftAndTheReadOfTheFlashIsTheOnlyAccess() {
    Minimized part = Objects.requireNonNull(Minimizer.minimize(HANGING, BUG, GOOD));

    assertThat(part.part().stimuli()).hasSizeLessThan(8);
    assertThat(part.part().stimuli())
        .filteredOn(entry -> entry.event() instanceof Stage2Faulted)
        .singleElement()
        .matches(
            entry -> ((Stage2Faulted) entry.event()).gpa().pageBase().equals(new Gpa(0x4000000)));
  }

  @Test
  void thePartIsARunOfItsOwnAtWhichTheKernelsPartAsInTheWhole() {
    Minimized part = Objects.requireNonNull(Minimizer.minimize(HANGING, BUG, GOOD));

    assertThat(WhatIf.replay(part.part().trail(), BUG).faults().getLast().derived())
        .isEqualTo(part.left().derived());
    assertThat(WhatIf.replay(part.part().trail(), GOOD).faults().getLast().derived())
        .isEqualTo(part.right().derived());
  }

  @Test
  void aPartCannotBeMadeSmaller() {
    Minimized part = Objects.requireNonNull(Minimizer.minimize(HANGING, BUG, GOOD));

    assertThat(
            Objects.requireNonNull(Minimizer.minimize(part.part().trail(), BUG, GOOD))
                .part()
                .stimuli())
        .hasSameSizeAs(part.part().stimuli());
  }

  @Test
  void kernelsThatDecideAlikeHaveNoPart() {
    assertThat(Minimizer.minimize(HANGING, BUG, BUG)).isNull();
  }
}
