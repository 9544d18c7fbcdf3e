package org.pagetrail.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.app.live.MemslotTable.Scenario;
import org.pagetrail.kvm.conform.StepResult;
import org.pagetrail.kvm.conform.Tally;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** The comparison with a running kernel, on hosts that a test makes up. */
class LiveConformanceTest {
  private static final int ENOMEM = 12;
  private static final int EEXIST = 17;
  private static final int EINVAL = 22;

  static Stream<Arguments> kernels() {
    return Stream.of(Arch.X86, Arch.ARM64)
        .flatMap(
            arch -> Kernels.releases(arch).stream().map(release -> Arguments.of(arch, release)));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aHostWithOtherLimitsThanItsReleaseStillMatches(Arch arch, String release) {
    KernelModel kernel = Kernels.of(arch, release);

    for (FakeKvm host : List.of(new FakeKvm(kernel, 40, 1), new FakeKvm(kernel, 5000, 3))) {
      List<StepResult> steps = LiveConformance.compare(host, kernel);

      assertThat(steps).filteredOn(step -> !step.matches() && !isReadOnlyMemory(step)).isEmpty();
      assertThat(steps).hasSize(host.requests()).hasSizeGreaterThan(90);
    }
  }

  /** The made-up host knows no mapping, and so no read-only one. */
  private static boolean isReadOnlyMemory(StepResult step) {
    return step.scenario().endsWith("read-only memory");
  }

  @Test
  void bothAnswersAreAskedForAtEveryLimit() {
    FakeKvm host = new FakeKvm(Kernels.of(Arch.X86, "6.18"), 32764, 1);

    List<StepResult> steps = LiveConformance.compare(host, Kernels.of(Arch.X86, "6.18"));

    assertThat(steps).extracting(StepResult::expected).contains("0", "EINVAL", "EEXIST");
    assertThat(steps)
        .extracting(StepResult::rule)
        .contains(
            "generic/slot/asked-limit",
            "generic/slot/gpa-wraps",
            "generic/slot/immutable",
            "generic/slot/no-slot-to-delete",
            "generic/slot/overlap",
            "generic/slot/too-many-pages",
            "generic/slot/unaligned-gpa",
            "generic/slot/unaligned-hva",
            "generic/slot/unaligned-size",
            "generic/slot/unknown-flag",
            "x86/slot/max-gfn",
            "x86/slot/user-range");
  }

  @Test
  void aDifferenceIsToldOnceWithBothAnswersAndTheRule() {
    KernelModel kernel = Kernels.of(Arch.X86, "6.18");
    int firstOverlap = 5;
    FakeKvm host = new FakeKvm(kernel, 32764, 1).withMistake(firstOverlap, errno -> EINVAL);

    List<StepResult> steps = LiveConformance.compare(host, kernel);

    assertThat(steps)
        .filteredOn(step -> !step.matches())
        .singleElement()
        .satisfies(step -> {
          assertThat(step.scenario()).isEqualTo("creating: over the same guest addresses");
          assertThat(step.expected()).isEqualTo("EINVAL");
          assertThat(step.got()).isEqualTo("EEXIST");
          assertThat(step.rule()).isEqualTo("generic/slot/overlap");
        });
  }

  @Test
  void theModelGoesOnFromWhatTheHostAnswered() {
    KernelModel kernel = Kernels.of(Arch.X86, "6.18");
    FakeKvm host = new FakeKvm(kernel, 32764, 1).withMistake(0, errno -> EEXIST);

    List<StepResult> steps = LiveConformance.compare(host, kernel);

    assertThat(steps).filteredOn(step -> !step.matches()).hasSize(1);
  }

  @Test
  void aHostWithoutMemoryIsCountedApart() {
    KernelModel kernel = Kernels.of(Arch.X86, "6.18");
    FakeKvm host = new FakeKvm(kernel, 32764, 1).withMistake(0, errno -> ENOMEM);

    Tally tally = Tally.of(LiveConformance.compare(host, kernel));

    assertThat(tally.matched()).isEqualTo(tally.total());
    assertThat(tally.noiseTotal()).isOne();
  }

  @Test
  void everyVirtualMachineIsClosedAlsoWhenAnAnswerNeverComes() {
    KernelModel kernel = Kernels.of(Arch.X86, "6.18");
    FakeKvm host = new FakeKvm(kernel, 32764, 1);
    FakeKvm broken =
        new FakeKvm(kernel, 32764, 1)
            .withMistake(
                3,
                errno -> {
                  throw new IllegalStateException("no answer");
                });

    LiveConformance.compare(host, kernel);

    assertThat(host.createdVms()).isEqualTo(MemslotTable.of(host.facts()).size());
    assertThat(host.openVms()).isZero();
    assertThatThrownBy(() -> LiveConformance.compare(broken, kernel)).hasMessage("no answer");
    assertThat(broken.openVms()).isZero();
  }

  @Test
  void everyStepHasANameOfItsOwn() {
    HostFacts facts = new FakeKvm(Kernels.of(Arch.X86, "6.18"), 32764, 2).facts();
    List<Scenario> table = MemslotTable.of(facts);

    assertThat(table).extracting(Scenario::name).doesNotHaveDuplicates();
    for (Scenario scenario : table) {
      assertThat(scenario.steps())
          .as(scenario.name())
          .extracting(MemslotTable.Step::name)
          .doesNotHaveDuplicates();
    }
  }
}
