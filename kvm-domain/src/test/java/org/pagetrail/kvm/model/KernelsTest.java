package org.pagetrail.kvm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.kvm.model.slot.ReadOnlySlots;
import org.pagetrail.kvm.model.slot.SlotCount;

/** Which kernels there are, and what every one of them answers. */
class KernelsTest {

  static Stream<KernelModel> kernels() {
    return Stream.of(Arch.values())
        .flatMap(arch -> Kernels.releases(arch).stream().map(release -> Kernels.of(arch, release)));
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  void everyArchitectureHasKernelsUpToTheLastThatHasKvm(Arch arch) {
    assertThat(Kernels.releases(arch)).isNotEmpty();
    assertThat(Kernels.releases(arch).getLast()).isEqualTo(arch == Arch.ARM ? "5.6" : "7.2");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "RISCV, 5.10, KVM came to riscv with 5.16",
    "LOONGARCH, 6.1, KVM came to loongarch with 6.7",
    "ARM, 5.10, KVM left arm with 5.7",
    "ARM64, 3.10, KVM came to arm64 with 3.11"
  })
  void aReleaseInWhichTheArchitectureHadNoKvmIsRefusedAndToldWhy(
      Arch arch, String release, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.of(arch, release))
        .withMessageContaining(why)
        .withMessageContaining("known are " + Kernels.releases(arch).getFirst());
  }

  @ParameterizedTest
  @CsvSource({"five", "''", "99999.1", "6.1x", "6", "6.1.192.1", "\u001b[31m"})
  void whatIsNoReleaseIsRefusedWithThoseThatHaveRules(String release) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.of(Arch.LOONGARCH, release))
        .withMessage(
            "no rules for loongarch "
                + release
                + "; known are 6.7, 6.10, 6.12, 6.13, 6.16, 6.18, 7.2");
  }

  @Test
  void anUnknownArchitectureIsRefusedWithThoseThatAreKnown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arch.of("sparc"))
        .withMessage(
            "architecture \"sparc\" is not known; known are arm64, arm, x86, riscv, loongarch,"
                + " mips, powerpc, s390");
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyAnswerIsInTheRuleBookWithASentenceAndASource(KernelModel kernel) {
    assertThat(kernel.rules())
        .allSatisfy(rule -> {
          assertThat(RuleBook.named(rule.id())).isSameAs(rule);
          assertThat(rule.text().sentence()).isNotBlank();
          assertThat(rule.text().source()).isNotBlank();
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyKernelAnswersWhetherSlotsMayBeReadOnlyAndHowManyThereAre(KernelModel kernel) {
    assertThat(kernel.answers(ReadOnlySlots.class)).isTrue();
    assertThat(kernel.rule(SlotCount.class).userSlots()).isPositive();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ARM64, 3.17, 3.18",
    "ARM, 3.17, 3.18",
    "MIPS, 4.9, 4.11",
    "X86, 2.6, 3.7",
    "RISCV, , 5.16",
    "LOONGARCH, , 6.7",
    "POWERPC, 7.2, ",
    "S390, 7.2, "
  })
  void readOnlySlotsCameWithTheRelease(Arch arch, String last, String first) {
    // The tree of arm in September 2014 had them already.
    List<String> releases =
        Kernels.releases(arch).stream().filter(release -> !release.equals("3.17-rc")).toList();
    int from = first == null ? releases.size() : releases.indexOf(first);

    assertThat(last == null ? -1 : releases.indexOf(last)).isEqualTo(from - 1);
    for (String release : releases) {
      assertThat(Kernels.of(arch, release).rule(ReadOnlySlots.class))
          .as(arch + " " + release)
          .isEqualTo(
              releases.indexOf(release) >= from
                  ? ReadOnlySlots.SUPPORTED
                  : ReadOnlySlots.UNSUPPORTED);
    }
  }

  @Test
  void theKernelsThatTheModelGrewUpWithHaveNoOpenQuestionButOne() {
    for (Arch arch : List.of(Arch.ARM64, Arch.ARM, Arch.X86)) {
      for (String release : Kernels.releases(arch)) {
        assertThat(Kernels.of(arch, release).rules().stream().filter(Rule::isUnknown).map(Rule::id))
            .as(arch + " " + release)
            .isSubsetOf("unknown/slot/invalid");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "6.1.192, 6.1",
    "v6.12, 6.12",
    "6.1.0-56-arm64, 6.1",
    "6.1.192-oracle, 6.1",
    "6.12-rc3, 6.12",
    "3.17-rc5, 3.17-rc",
    "5.10.223+, 5.10"
  })
  void aPointReleaseOrCandidateHasTheRulesOfItsRelease(String named, String release) {
    assertThat(Kernels.of(Arch.ARM64, named).release()).isEqualTo(release);
  }
}
