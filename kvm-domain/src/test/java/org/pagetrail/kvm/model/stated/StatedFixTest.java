package org.pagetrail.kvm.model.stated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.kvm.FixedMachine;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.FixRefused;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** Predicates that stand in the place of a kernel's rules. */
class StatedFixTest {
  private static final TruthTable NEVER = new TruthTable(List.of(), List.of(false));

  @Test
  void aTableAnswersEveryCombinationAsThePredicateThatItWasMadeOf() {
    long seed = 20140912L;
    SplittableRandom random = new SplittableRandom(seed);
    List<Fact> reads = List.of(Fact.PFN_VALID, Fact.PFN_ZERO, Fact.WRITABLE, Fact.MMIO);
    TruthTable.Predicate predicate =
        facts ->
            facts.has(Fact.PFN_VALID)
                ? facts.has(Fact.MMIO) != facts.has(Fact.WRITABLE)
                : facts.has(Fact.PFN_ZERO);
    TruthTable table = TruthTable.of(reads, predicate);

    for (int i = 0; i < 1000; i++) {
      Facts facts = new Facts(Set.of());
      for (Fact fact : Fact.values()) {
        facts = facts.with(fact, random.nextBoolean());
      }
      assertThat(table.holds(facts))
          .as("seed %d, %s", seed, facts)
          .isEqualTo(predicate.holds(facts));
    }
  }

  @Test
  void aTableHasOneAnswerForEachCombination() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TruthTable(List.of(Fact.MMIO), List.of(true)));
  }

  @Test
  void aPredicateMayAskOnlyWhatIsKnownWhenItIsDecided() {
    TruthTable asksSlot = TruthTable.of(List.of(Fact.SLOT_READONLY), f -> true);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StatedRule("mine", StatedDecision.MMIO, "x", asksSlot, null));
  }

  @Test
  void theWordOfAnEarlierFixIsTheKernelsOwnWordToTheNext() {
    KernelModel kernel = Kernels.of(Arch.ARM64, "3.17-rc");
    Fix always = fix("one", StatedDecision.DEVICE, TruthTable.of(List.of(), f -> true));
    Fix unless =
        fix(
            "two",
            StatedDecision.DEVICE,
            TruthTable.of(List.of(Fact.DEVICE), f -> !f.has(Fact.DEVICE)));

    KernelModel both = unless.applyTo(always.applyTo(kernel));

    StatedRule rule = Objects.requireNonNull(both.stated(StatedDecision.DEVICE));
    assertThat(rule.holds(new Facts(Set.of()), false)).isFalse();
    assertThat(rule.holds(new Facts(Set.of()), true)).isFalse();
    assertThat(both.fixes()).hasSize(2);
  }

  @Test
  void aKnownFixBehindOneThatStatesTheSameIsRefused() {
    KernelModel kernel = Kernels.of(Arch.ARM64, "3.17-rc");
    KernelModel stated = fix("mine", StatedDecision.DEVICE, NEVER).applyTo(kernel);

    for (String fix : List.of("arch-pfn-valid", "arch-writable-guard")) {
      assertThatExceptionOfType(FixRefused.class)
          .isThrownBy(() -> Fixes.named(fix).applyTo(stated))
          .withMessageContaining("user/mine/device")
          .withMessageContaining("put it in before");
    }
    assertThat(Fixes.named("device-read-only").applyTo(stated).fixes()).hasSize(2);
    assertThat(Fixes.named("bug-2014").applyTo(stated).fixes())
        .as("it changes nothing that this kernel has not already")
        .hasSize(2);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "riscv, 7.2, DEVICE, never asks whether a frame is a device",
    "mips, 7.2, DEVICE, never asks whether a frame is a device",
    "s390, 7.2, DEVICE, never asks whether a frame is a device",
    "powerpc, 4.4, DEVICE, is not known",
    "x86, 6.1, DEVICE_WRITE, has no permission of its own for devices",
    "arm64, 6.1, MMIO, has no generic predicate",
    "s390, 7.2, MEMORY_WRITE, not known"
  })
  void whatAKernelNeverDecidesCannotBeStated(
      String arch, String release, StatedDecision decision, String reason) {
    KernelModel kernel = Kernels.of(Arch.of(arch), release);

    assertThatExceptionOfType(FixRefused.class)
        .isThrownBy(() -> fix("mine", decision, NEVER).applyTo(kernel))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "arm64, 3.17-rc",
    "arm64, 7.2",
    "arm, 4.18",
    "x86, 4.1",
    "x86, 6.1",
    "loongarch, 7.2"
  })
  void aKernelWithAStatedDeviceRuleStillDecides(String arch, String release) {
    KernelModel kernel = Kernels.of(Arch.of(arch), release);
    TruthTable wild =
        TruthTable.of(
            List.of(Fact.PFN_VALID, Fact.FAULT_WRITE),
            f -> f.has(Fact.PFN_VALID) != f.has(Fact.FAULT_WRITE));
    KernelModel fixed = fix("mine", StatedDecision.DEVICE, wild).applyTo(kernel);

    for (SlotFlags flags : List.of(SlotFlags.NONE, SlotFlags.READ_ONLY)) {
      assertThat(FixedMachine.overZeroPage(fixed, flags)).doesNotContain("?");
      assertThat(FixedMachine.overFrames(fixed, PageKind.DEVICE, flags)).doesNotContain("?");
    }
  }

  private static Fix fix(String name, StatedDecision decision, TruthTable predicate) {
    return StatedFix.of(List.of(new StatedRule(name, decision, "stated", predicate, null)));
  }
}
