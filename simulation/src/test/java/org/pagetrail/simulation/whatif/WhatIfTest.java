package org.pagetrail.simulation.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.RunEvent.RecordingLeft;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.simulation.Machines;
import org.pagetrail.simulation.loop.Outcome;
import org.pagetrail.simulation.loop.RunOn;

/** A run as the recording, replayed under other kernels. */
class WhatIfTest {
  private static final KernelModel GOOD = Machines.kernel("6.1");
  private static final KernelModel BUG = Machines.kernel("6.1", "bug-2014");
  private static final Gpa FLASH_1 = new Gpa(0x4000000);
  private static final Trail HEALTHY = Machines.run(Machines.BIOS_64, "never", GOOD);
  private static final Trail HANGING = Machines.run(Machines.BIOS_64, "never", BUG);

  @Test
  void underTheKernelThatMadeItARunIsDecidedAsRecorded() {
    Replay replay = WhatIf.replay(HEALTHY, GOOD);

    assertThat(replay.compared()).isGreaterThan(8000);
    assertThat(replay.disagreements()).isEmpty();
    assertThat(replay.exitsGone()).isZero();
    assertThat(replay.left()).isNull();
  }

  @Test
  void underTheRuleOf2014TheExitsOfTheVariableFlashVanishAndTheirValuesLandInTheZeroPage() {
    Replay replay = WhatIf.replay(HEALTHY, BUG);

    assertThat(replay.exitsGone()).isPositive();
    assertThat(
            events(replay.trail(), PageWritten.class)
                .filter(write -> write.writer() == Writer.GUEST)
                .filter(write -> write.pfn().equals(zeroPage(replay.trail())))
                .limit(4)
                .map(PageWritten::value))
        .containsExactly(0x900090L, 0x200020L, 0xd000d0L, 0x700070L);
  }

  @Test
  void theReplaySaysWhereTheGuestWouldHaveLeftTheRecording() {
    Replay replay = WhatIf.replay(HEALTHY, BUG);

    Replay.Departure left = Objects.requireNonNull(replay.left());
    assertThat(left.reason()).contains("0x700070").contains("polls on");
    assertThat(replay.trail().at(left.replaySeq()).event()).isInstanceOf(RecordingLeft.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arch-writable-guard", "generic-zero-page", "arch-pfn-valid"})
  void aFixMapsTheZeroPageNormalAndReadOnly(String fix) {
    assertThat(firstDifference(fix))
        .isEqualTo(new FaultOutcome.Mapped(FLASH_1, ByteSize.PAGE, Perms.R, MemoryType.NORMAL, 0));
  }

  @Test
  void readOnlyDeviceMappingsLeaveTheZeroPageMappedDevice() {
    assertThat(firstDifference("device-read-only"))
        .isEqualTo(new FaultOutcome.Mapped(FLASH_1, ByteSize.PAGE, Perms.R, MemoryType.DEVICE, 0));
  }

  @Test
  void theFirmwareRunsOnFromItsFirstLookAtTheVariableStore() {
    assertThat(Outcome.of(Objects.requireNonNull(RunOn.fromFirstFlashAccess(HEALTHY, BUG))))
        .isEqualTo("hang");
    assertThat(
            Outcome.of(
                Objects.requireNonNull(
                    RunOn.fromFirstFlashAccess(
                        HANGING, Machines.kernel("6.1", "bug-2014", "arch-pfn-valid")))))
        .isEqualTo("shell");
  }

  @Test
  void aRecordedStepGetsTheRuleOfTheModelAndKeepsItsStanding() {
    Replay replay = WhatIf.replay(HANGING, BUG);

    Trail explained = Explanation.of(HANGING, replay);

    assertThat(explained.size()).isEqualTo(HANGING.size());
    assertThat(
            explained.entries().stream()
                .filter(entry -> entry.event() instanceof DeviceDecided d && d.device())
                .map(entry -> Objects.requireNonNull(entry.rule()).rule()))
        .containsOnly("arm64/device/mmio-predicate");
  }

  @Test
  void whatTheModelDecidesIsDerivedAndCitesItsRule() {
    assertThat(WhatIf.replay(HEALTHY, BUG).trail().entries())
        .filteredOn(entry -> entry.event() instanceof DeviceDecided)
        .allMatch(entry -> entry.standing() == Standing.DERIVED && entry.rule() != null);
  }

  private static FaultOutcome firstDifference(String fix) {
    return WhatIf.replay(HANGING, Machines.kernel("6.1", "bug-2014", fix))
        .disagreements()
        .getFirst()
        .derived();
  }

  private static Object zeroPage(Trail trail) {
    return events(trail, PfnResolved.class)
        .filter(lookup -> lookup.kind() == PageKind.ZERO_PAGE)
        .findFirst()
        .map(PfnResolved::pfn)
        .orElseThrow();
  }

  private static <E> Stream<E> events(Trail trail, Class<E> type) {
    return trail.entries().stream().map(TrailEntry::event).filter(type::isInstance).map(type::cast);
  }
}
