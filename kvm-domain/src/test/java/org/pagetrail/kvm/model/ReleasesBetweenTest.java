package org.pagetrail.kvm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every release has rules: its own, or those of the last one that changed something. */
class ReleasesBetweenTest {

  /** All releases of Linux up to the newest that is known, oldest first. */
  private static List<String> linux() {
    return Stream.of(Stream.of("2.6"), of(3, 19), of(4, 20), of(5, 19), of(6, 19), of(7, 2))
        .flatMap(releases -> releases)
        .toList();
  }

  private static Stream<String> of(int major, int last) {
    return IntStream.rangeClosed(0, last).mapToObj(minor -> major + "." + minor);
  }

  @ParameterizedTest
  @EnumSource(Arch.class)
  void everyReleaseSinceTheArchitectureHasKvmIsTakenUnderItsOwnName(Arch arch) {
    List<String> taken = new ArrayList<>();
    for (String release : linux()) {
      if (Kernels.compare(release, arch.since()) >= 0 && !isGone(arch, release)) {
        assertThat(Kernels.of(arch, release))
            .hasToString(arch.word() + " " + release)
            .matches(kernel -> !kernel.rules().isEmpty(), "has rules");
        taken.add(release);
      }
    }

    assertThat(taken).containsAll(plain(arch));
  }

  private static boolean isGone(Arch arch, String release) {
    String gone = arch.gone();
    return gone != null && Kernels.compare(release, gone) >= 0;
  }

  private static List<String> plain(Arch arch) {
    return Kernels.releases(arch).stream().filter(release -> !release.endsWith("-rc")).toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "ARM64, 4.14, 4.13",
    "ARM64, 5.4, 5.4",
    "ARM64, 5.15.0-91-generic, 5.15",
    "ARM64, 6.5, 6.2",
    "ARM64, 6.8, 6.7",
    "ARM64, 6.11-rc1, 6.10",
    "ARM64, 7.1, 6.19",
    "ARM64, 3.11, 3.12",
    "ARM, 5.4, 5.4",
    "X86, 5.15, 5.14",
    "X86, 6.6, 6.2",
    "X86, 2.6.32, 2.6",
    "RISCV, 6.6, 6.3",
    "S390, 5.4, 5.4",
    "POWERPC, 2.6, 3.12"
  })
  void aReleaseThatChangedNothingHasTheRulesOfTheOneBefore(
      Arch arch, String release, String source) {
    assertThat(Kernels.source(arch, release)).isEqualTo(source);
    assertThat(Kernels.of(arch, release).answersAs(Kernels.of(arch, source))).isTrue();
  }

  @Test
  void theUserIsToldWhoseRulesAReleaseHas() {
    assertThat(Kernels.origin(Arch.ARM64, "6.8.0-51-generic"))
        .isEqualTo("arm64 6.8 has the rules of 6.7: no change is known between them");
    assertThat(Kernels.origin(Arch.ARM64, "3.11"))
        .isEqualTo("arm64 3.11 has the rules of 3.12, the oldest that was read");
    assertThat(Kernels.origin(Arch.ARM64, "6.1.192")).isNull();
    assertThat(Kernels.origin(Arch.ARM64, "5.15")).isNull();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"ARM64, 7.3", "X86, 7.3-rc1", "MIPS, 8.0", "X86, 7.10.1"})
  void aReleaseNewerThanTheNewestKnownIsRefusedAndToldSo(Arch arch, String release) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernels.of(arch, release))
        .withMessageStartingWith(
            "no rules for "
                + arch.word()
                + " "
                + release
                + ": newer than the newest known, 7.2; known are ");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Arch.class)
  void noReleaseIsListedThatWasNotReadAndChangesNothing(Arch arch) {
    List<String> releases = Kernels.releases(arch);
    for (int i = 1; i < releases.size(); i++) {
      String release = releases.get(i);
      KernelModel before = Kernels.of(arch, releases.get(i - 1));

      assertThat(Chain.isRead(release) || !Kernels.of(arch, release).answersAs(before))
          .as(arch + " " + release)
          .isTrue();
    }
  }
}
