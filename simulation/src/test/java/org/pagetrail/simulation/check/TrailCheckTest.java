package org.pagetrail.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.pagetrail.simulation.check.RecordedTrace.ZERO_PAGE;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.simulation.Machines;
import org.pagetrail.simulation.check.Separation.RuleLine;

/** Which kernels explain a trace. */
class TrailCheckTest {
  private static final KernelModel GOOD = Machines.kernel("6.1");
  private static final KernelModel BUG = Machines.kernel("6.1", "bug-2014");

  private static final Trail DEVICE_ZERO_PAGE =
      RecordedTrace.ofFlash(true).read(0, Perms.RW, MemoryType.DEVICE, ZERO_PAGE).trail();
  private static final Trail NORMAL_ZERO_PAGE =
      RecordedTrace.ofFlash(true)
          .read(0, Perms.R, MemoryType.NORMAL, ZERO_PAGE)
          .writeExit(0)
          .trail();

  @Test
  void aZeroPageMappedAsWritableDeviceIsExplainedByTheRuleOf2014AndByNoPlainRelease() {
    CheckResult result = check(DEVICE_ZERO_PAGE, GOOD);

    Explainers best = result.ranking().getFirst();
    assertThat(best.score().unexplained()).isZero();
    assertThat(best.kernels()).contains(BUG);
    assertThat(best.kernels()).filteredOn(k -> k.release().equals("6.1")).doesNotContain(GOOD);
    assertThat(Objects.requireNonNull(result.named()).score().misses())
        .extracting(Miss::kind, Miss::recorded)
        .contains(tuple(DecisionKind.DEVICE, "pfn " + ZERO_PAGE + " is device"));
  }

  @Test
  void theExplanationNamesTheDeviceRulesThatTheReleaseDoesNotHave() {
    CheckResult result = TrailCheck.of(DEVICE_ZERO_PAGE, BUG, List.of(BUG, GOOD), false);

    assertThat(result.ownRules())
        .extracting(RuleLine::rule)
        .contains("arm64/device/mmio-predicate", "arm64/device-permission/always-writable");
  }

  @Test
  void theSeparatingObservationIsTheLineOfTheDeviceDecision() {
    CheckResult result = TrailCheck.of(DEVICE_ZERO_PAGE, BUG, List.of(BUG, GOOD), false);

    Separation separation = Objects.requireNonNull(result.separation());
    assertThat(separation.miss().kind()).isEqualTo(DecisionKind.DEVICE);
    assertThat(Objects.requireNonNull(separation.miss().source()).line()).isEqualTo(7);
    assertThat(separation.bestRule()).isEqualTo("arm64/device/mmio-predicate");
    assertThat(separation.miss().rule()).isEqualTo("arm64/device/not-map-memory");
  }

  @Test
  void aZeroPageMappedReadOnlyIsExplainedByTheReleaseAndNotByTheRuleOf2014() {
    CheckResult result = check(NORMAL_ZERO_PAGE, GOOD);

    assertThat(result.ranking().getFirst().first()).isEqualTo(GOOD);
    assertThat(Objects.requireNonNull(result.named()).score().unexplained()).isZero();
    assertThat(result.ranking().getFirst().kernels()).doesNotContain(BUG);
    assertThat(result.ownRules()).isEmpty();
  }

  @Test
  void afterADecisionThatDiffersTheHistoryGoesOnAsRecordedSoThatItIsToldOnce() {
    Trail exits =
        RecordedTrace.ofFlash(true)
            .read(0, Perms.R, MemoryType.NORMAL, ZERO_PAGE)
            .writeExit(0)
            .writeExit(4)
            .writeExit(8)
            .trail();

    Score score = Objects.requireNonNull(check(exits, BUG).named()).score();

    assertThat(score.misses()).extracting(Miss::seq).containsOnly(4L);
    assertThat(score.unexplained()).isEqualTo(2);
  }

  @Test
  void kernelsThatNoObservationSeparatesStandTogether() {
    Explainers best = check(NORMAL_ZERO_PAGE, GOOD).ranking().getFirst();

    assertThat(best.kernels())
        .contains(GOOD, Machines.kernel("6.1", "arch-pfn-valid"), Machines.kernel("6.12"));
  }

  @Test
  void whichFrameTheHostHandsOutIsNoDecision() {
    Trail other =
        RecordedTrace.ofFlash(true).read(0, Perms.R, MemoryType.NORMAL, new Pfn(0x93c8e)).trail();

    assertThat(score(NORMAL_ZERO_PAGE, GOOD).unexplained()).isZero();
    assertThat(score(other, GOOD).unexplained()).isZero();
    assertThat(score(other, GOOD).explained()).isPositive();
  }

  @Test
  void aRefusedMemslotThatTheModelAcceptsIsUnexplained() {
    Trail refused = RecordedTrace.ofFlash(true).slot(2, -22).trail();
    Trail overlapping = RecordedTrace.ofFlash(true).slot(2, -17).trail();

    assertThat(score(refused, GOOD).misses())
        .extracting(Miss::kind)
        .containsExactly(DecisionKind.MEMSLOT);
    assertThat(score(overlapping, GOOD).unexplained()).isZero();
  }

  @Test
  void aFaultThatTheTraceDoesNotEndIsNotJudged() {
    Trail cut =
        RecordedTrace.ofFlash(true)
            .read(0, Perms.R, MemoryType.NORMAL, ZERO_PAGE)
            .readCut(1, Perms.RW, MemoryType.DEVICE, ZERO_PAGE)
            .trail();

    assertThat(score(cut, GOOD).unexplained()).isZero();
  }

  @Test
  void aFaultDuringWhichEventsWereLostIsNotJudged() {
    Trail holed =
        RecordedTrace.ofFlash(true)
            .readCut(1, Perms.RW, MemoryType.DEVICE, ZERO_PAGE)
            .lost()
            .handled()
            .trail();

    assertThat(score(holed, GOOD).unexplained()).isZero();
  }

  @Test
  void aKindOfDecisionThatWasNotTracedIsNotHeldAgainstAKernel() {
    Trail mappings =
        RecordedTrace.ofFlash(false).read(0, Perms.RW, MemoryType.DEVICE, ZERO_PAGE).trail();

    assertThat(score(mappings, BUG).unexplained()).isZero();
    assertThat(score(mappings, GOOD).misses())
        .extracting(Miss::kind)
        .containsExactly(DecisionKind.MAPPING);
  }

  @Test
  void whatAModelDoesNotKnowIsCountedApart() {
    Trail trail =
        RecordedTrace.ofFlash(true).read(0, Perms.R, MemoryType.NORMAL, ZERO_PAGE).trail();
    KernelModel s390 = Kernels.of(Arch.S390, "7.2");

    Score score = Judge.judge(RecordedRun.of(trail), s390, Long.MAX_VALUE);

    assertThat(score.unknown()).isPositive();
  }

  @Test
  void theNamedKernelIsComparedToTheEndHoweverBadItIs() {
    RecordedTrace many = RecordedTrace.ofFlash(true);
    for (int page = 0; page < 50; page++) {
      many.read(page, Perms.R, MemoryType.NORMAL, ZERO_PAGE);
    }

    CheckResult result = check(many.trail(), BUG);

    assertThat(Objects.requireNonNull(result.named()).score().unexplained()).isEqualTo(100);
    assertThat(result.ranking().getFirst().first()).isEqualTo(GOOD);
    assertThat(result.ranking()).anyMatch(e -> !e.score().isComplete());
  }

  @Test
  void aRunOfTheModelIsExplainedByTheKernelThatMadeIt() {
    Trail hang = Machines.run(Machines.BIOS_64, "never", BUG);

    CheckResult result = TrailCheck.of(hang, GOOD, List.of(GOOD, BUG), false);

    assertThat(result.ranking().getFirst().kernels()).containsExactly(BUG);
    assertThat(result.ranking().getFirst().score().unexplained()).isZero();
    assertThat(Objects.requireNonNull(result.named()).score().unexplained()).isPositive();
  }

  private static CheckResult check(Trail trail, KernelModel named) {
    return TrailCheck.of(trail, named, Candidates.of(Arch.ARM64, named), true);
  }

  private static Score score(Trail trail, KernelModel kernel) {
    return Judge.judge(RecordedRun.of(trail), kernel, Long.MAX_VALUE);
  }
}
