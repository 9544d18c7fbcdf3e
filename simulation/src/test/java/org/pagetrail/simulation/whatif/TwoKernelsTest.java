package org.pagetrail.simulation.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.Machines;

/** One pass over a recording for two kernels. */
class TwoKernelsTest {
  private static final KernelModel GOOD = Machines.kernel("6.1");
  private static final KernelModel BUG = Machines.kernel("6.1", "bug-2014");
  private static final Trail HEALTHY = Machines.run(Machines.BIOS_64, "never", GOOD);

  /** Both replays as they come, and how much of them was one. */
  private static final class Told implements TwoKernels.Taker {
    private final List<TrailEntry> left = new ArrayList<>();
    private final List<TrailEntry> right = new ArrayList<>();
    private int shared = -1;

    private static Told of(KernelModel left, KernelModel right) {
      Told told = new Told();
      Survey survey = Survey.of(HEALTHY.entries());
      TwoKernels.replay(HEALTHY.entries().iterator(), survey, left, right, null, told);
      return told;
    }

    @Override
    public void both(TrailEntry ofLeft, TrailEntry ofRight) {
      left.add(ofLeft);
      right.add(ofRight);
    }

    @Override
    public void parted() {
      shared = left.size();
    }

    @Override
    public void apart(List<TrailEntry> ofLeft, List<TrailEntry> ofRight) {
      left.addAll(ofLeft);
      right.addAll(ofRight);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"arch-pfn-valid", "generic-zero-page", "device-read-only"})
  void eachKernelHasTheRunThatItHasAlone(String fix) {
    KernelModel fixed = Machines.kernel("6.1", "bug-2014", fix);

    Told told = Told.of(BUG, fixed);

    assertThat(told.left).isEqualTo(WhatIf.replay(HEALTHY, BUG).trail().entries());
    assertThat(told.right).isEqualTo(WhatIf.replay(HEALTHY, fixed).trail().entries());
  }

  @Test
  void kernelsThatDecideTheSameAreOneRunToTheEnd() {
    Told told = Told.of(GOOD, Machines.kernel("6.1", "write-fault-wnr"));

    assertThat(told.shared).isEqualTo(-1);
    assertThat(told.left).isEqualTo(WhatIf.replay(HEALTHY, GOOD).trail().entries());
  }

  @Test
  void kernelsPartAtTheFirstEventThatOnlyOneOfThemDecides() {
    Told told = Told.of(GOOD, BUG);

    List<TrailEntry> left = told.left;
    List<TrailEntry> right = told.right;
    assertThat(told.shared).isPositive();
    for (int i = 1; i < told.shared; i++) {
      assertThat(left.get(i).event()).isEqualTo(right.get(i).event());
    }
    assertThat(left.subList(told.shared, left.size()).stream().limit(9).map(TrailEntry::event))
        .isNotEqualTo(
            right.subList(told.shared, right.size()).stream()
                .limit(9)
                .map(TrailEntry::event)
                .toList());
  }

  @Test
  void aReplayThatIsAskedForEntryByEntryIsTheReplayAsAWhole() {
    Replay whole = WhatIf.replay(HEALTHY, BUG);
    List<FaultComparison> faults = new ArrayList<>();

    WhatIf.Running running =
        WhatIf.running(
            HEALTHY.entries().iterator(),
            Survey.of(HEALTHY.entries()),
            BUG,
            null,
            new WhatIf.Watcher() {
              @Override
              public void compared(FaultComparison fault) {
                faults.add(fault);
              }
            });

    List<TrailEntry> entries = new ArrayList<>();
    running.forEachRemaining(entries::add);
    assertThat(entries).isEqualTo(whole.trail().entries());
    assertThat(faults).isEqualTo(whole.faults());
    assertThat(running.exitsGone()).isEqualTo(whole.exitsGone());
    assertThat(running.left()).isEqualTo(whole.left());
    assertThat(running.state()).isEqualTo(whole.end());
  }
}
