package org.pagetrail.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.minimize.Minimized;
import org.pagetrail.simulation.minimize.Minimizer;
import org.pagetrail.simulation.whatif.Replay;
import org.pagetrail.simulation.whatif.WhatIf;

/** Scenarios as trails. */
class ScenarioTrailTest {
  private static final RecordedHost HOST = RecordedHost.of(Arch.ARM64, ThpMode.MADVISE);
  private static final KernelModel SOUND = Kernels.of(Arch.ARM64, "6.1");
  private static final KernelModel BUG = Fixes.apply(SOUND, Fixes.parse("bug-2014"));

  private static Trail played(KernelModel kernel, String scenario) {
    return ScenarioTrail.play(kernel, HOST, TableLine.parse(scenario + " ::")).trail();
  }

  @Test
  void aScenarioReplayedUnderItsOwnKernelIsTheSameTrail() {
    Trail trail = played(BUG, "anon_untouched RO L RhWFdRaW");

    Replay replay = WhatIf.replay(trail, BUG);

    assertThat(replay.trail().entries()).isEqualTo(trail.entries());
    assertThat(replay.disagreements()).isEmpty();
    assertThat(replay.compared()).isPositive();
  }

  @Test
  void aScenarioReplayedUnderAnotherKernelIsWhatThatKernelDoes() {
    Replay replay = WhatIf.replay(played(BUG, "file_private RW RPWDR"), SOUND);

    assertThat(replay.trail().entries())
        .isEqualTo(played(SOUND, "file_private RW RPWDR").entries());
    assertThat(replay.left()).isNull();
  }

  @Test
  void aWriteThatWentStraightToMemoryIsAFaultUnderAnotherKernel() {
    Replay replay = WhatIf.replay(played(BUG, "anon_untouched RO RW"), SOUND);

    assertThat(replay.disagreements()).hasSize(2);
    assertThat(replay.disagreements().getLast().recorded()).hasToString("no fault, memory answers");
    assertThat(replay.disagreements().getLast().derived()).asString().startsWith("mmio write 4");
  }

  @Test
  void operationsThatDoNotMatterAreLeftOutOfAScenario() {
    Minimized small =
        Objects.requireNonNull(
            Minimizer.minimize(played(BUG, "anon_untouched RO GlHhDnRyR"), BUG, SOUND));

    assertThat(small.part().stimuli().stream().map(TrailEntry::event))
        .containsExactly(
            new MarkerSeen("pagetrail scenario anon_untouched RO"),
            new MarkerSeen("pagetrail step R"));
  }

  @Test
  void aMarkerThatWasRecordedMakesNoScenario() {
    Trail trail = new Trail();
    for (TrailEntry entry : played(BUG, "anon_untouched RO R").entries()) {
      boolean marker = entry.event() instanceof MarkerSeen;
      trail.add(
          marker
              ? new TrailEntry(
                  entry.seq(),
                  null,
                  Standing.OBSERVED,
                  entry.event(),
                  List.of(),
                  null,
                  new Source("trace.txt", 1, 0))
              : entry);
    }

    assertThat(Scenario.of(trail)).isNull();
  }

  @Test
  void aMarkerThatIsNoScenarioIsNone() {
    Trail trail = new Trail();
    trail.add(played(BUG, "anon_untouched RO R").at(0));
    trail.add(
        new TrailEntry(
            1,
            null,
            Standing.ASSUMED,
            new MarkerSeen("pagetrail scenario what is this"),
            List.of(),
            null,
            null));

    assertThat(Scenario.of(trail)).isNull();
  }
}
