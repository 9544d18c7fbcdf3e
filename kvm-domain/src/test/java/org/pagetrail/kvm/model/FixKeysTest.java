package org.pagetrail.kvm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.kvm.FixedMachine;

/** Every fix, and every rule put in as one, on every kernel: applied, or refused with a reason. */
class FixKeysTest {
  /** The strategies of 2014 and what went upstream since, each by the name that options use. */
  private static final List<String> KEYS =
      List.of(
          "arch-writable-guard",
          "generic-zero-page",
          "generic-zero-page-reverted",
          "arch-pfn-valid",
          "device-read-only",
          "ioremap-writable",
          "map-at-creation",
          "write-fault-wnr",
          "read-only-slot-coherency",
          "device-mappings-2019",
          "arch-map-memory",
          "zone-device-not-reserved",
          "pfnmap-blocks",
          "pfnmap-normal-nc",
          "pfnmap-cacheable",
          "pfnmap-host-leaf",
          "mte-zero-page");

  static Stream<KernelModel> kernels() {
    return KernelsTest.kernels();
  }

  @Test
  void everyStrategyHasAName() {
    assertThat(Fixes.all()).extracting(Fix::name).containsAll(KEYS);
    for (String key : KEYS) {
      Fix fix = Fixes.named(key);
      assertThat(fix.source()).as(key).isNotBlank();
      assertThat(fix.sentence()).as(key).isNotBlank();
    }
  }

  @Test
  void aLetterOrACommitNamesTheSameFix() {
    assertThat(Fixes.named("b").name()).isEqualTo("generic-zero-page");
    assertThat(Fixes.named("85c8555ff0").name()).isEqualTo("generic-zero-page");
    assertThat(Fixes.named("4a513fb009b9").name()).isEqualTo("device-read-only");
    assertThat(KEYS)
        .allSatisfy(key -> {
          String letter = Fixes.letterOf(Fixes.named(key));
          assertThat(letter).isNotNull();
          assertThat(Fixes.named(String.valueOf(letter)).name()).isEqualTo(key);
        });
    assertThatIllegalArgumentException().isThrownBy(() -> Fixes.named("0123456789ab"));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aFixIsAppliedOrRefusedWithAReasonAndNothingElse(KernelModel kernel) {
    for (Fix fix : Fixes.all()) {
      appliesOrRefuses(fix, kernel);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aRuleOfTheBookIsAppliedOrRefusedWithAReasonAndTheKernelStillDecides(KernelModel kernel) {
    for (Rule rule : RuleBook.all()) {
      KernelModel fixed = appliesOrRefuses(Fixes.named(rule.id()), kernel);
      if (fixed != null) {
        assertThat(rule.isUnknown()).as(rule.id()).isFalse();
        assertThat(fixed.rules()).contains(rule);
        assertThatItDecides(fixed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aFixedKernelStillDecides(KernelModel kernel) {
    for (Fix fix : Fixes.all()) {
      KernelModel fixed = appliesOrRefuses(fix, kernel);
      if (fixed != null) {
        assertThatItDecides(fixed);
      }
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "arch-writable-guard, x86, 6.1, the fault path of x86 6.1",
    "arch-pfn-valid, riscv, 7.2, the fault path of riscv 7.2",
    "pfnmap-blocks, s390, 7.2, the fault path of s390 7.2",
    "generic-zero-page, arm64, 6.1, has no generic predicate",
    "zone-device-not-reserved, mips, 7.2, has no generic predicate",
    "read-only-slot-coherency, arm64, 3.18, maintains caches",
    "mte-zero-page, arm64, 7.2, clears memory tags",
    "unknown/memory-type, riscv, 7.2, says only that nobody knows",
    "hardware/stage2, arm64, 6.1, holds in every kernel"
  })
  void aRefusalSaysWhatIsMissing(String fix, String arch, String release, String reason) {
    KernelModel kernel = Kernels.of(Arch.of(arch), release);

    assertThat(catchThrowable(() -> Fixes.named(fix).applyTo(kernel)))
        .isInstanceOf(FixRefused.class)
        .hasMessageContaining(fix)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "generic-zero-page, mips, 4.18",
    "generic-zero-page, x86, 3.12",
    "generic-zero-page-reverted, powerpc, 5.10",
    "zone-device-not-reserved, s390, 4.4",
    "arch-pfn-valid, arm, 3.17-rc",
    "arch-pfn-valid, arm64, 7.2",
    "pfnmap-host-leaf, arm64, 4.4"
  })
  void aFixAppliesToKernelsItWasNeverWrittenFor(String fix, String arch, String release) {
    KernelModel kernel = Kernels.of(Arch.of(arch), release);

    KernelModel fixed = Fixes.named(fix).applyTo(kernel);

    assertThat(fixed.fixes()).containsExactly(fix);
    assertThat(fixed.rules()).isNotEqualTo(kernel.rules());
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "write-fault-wnr, arm64, 3.18",
    "write-fault-wnr, arm64, 5.10",
    "write-fault-wnr, arm64, 6.1",
    "device-read-only, arm64, 4.18",
    "device-read-only, arm64, 6.1",
    "ioremap-writable, arm64, 3.18",
    "map-at-creation, arm64, 4.18",
    "arch-pfn-valid, arm64, 4.18",
    "generic-zero-page, arm64, 5.10"
  })
  void aFixThatAKernelHasAlreadyTakesNothingBack(String fix, String arch, String release) {
    KernelModel kernel = Kernels.of(Arch.of(arch), release);

    assertThat(List.copyOf(Fixes.named(fix).applyTo(kernel).rules()))
        .isEqualTo(List.copyOf(kernel.rules()));
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatExist() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fixes.parse("generic-zero-page,nonsense"))
        .withMessageContaining("nonsense")
        .withMessageContaining("arch-writable-guard");
  }

  private static @Nullable KernelModel appliesOrRefuses(Fix fix, KernelModel kernel) {
    try {
      KernelModel fixed = fix.applyTo(kernel);
      assertThat(fixed.fixes()).containsExactly(fix.name());
      assertThat(fixed.arch()).isEqualTo(kernel.arch());
      assertThat(fixed.release()).isEqualTo(kernel.release());
      return fixed;
    } catch (FixRefused refused) {
      String reason = String.valueOf(refused.getMessage());
      assertThat(reason).startsWith(fix.name());
      assertThat(reason.length()).as(reason).isGreaterThan(fix.name().length() + 10);
      return null;
    }
  }

  private static void assertThatItDecides(KernelModel kernel) {
    List<String> ends = new ArrayList<>();
    for (SlotFlags flags : List.of(SlotFlags.NONE, SlotFlags.READ_ONLY, new SlotFlags(1))) {
      ends.addAll(FixedMachine.overZeroPage(kernel, flags));
      ends.addAll(FixedMachine.overFrames(kernel, PageKind.DEVICE, flags));
    }
    assertThat(ends).as(kernel.toString()).doesNotContain("?");
  }
}
