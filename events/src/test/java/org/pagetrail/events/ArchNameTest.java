package org.pagetrail.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchNameTest {
  @ParameterizedTest
  @CsvSource({
    "aarch64, arm64",
    "arm64, arm64",
    "ARM64, arm64",
    "armv7l, arm",
    "amd64, x86",
    "x86_64, x86",
    "i386, x86",
    "riscv64, riscv",
    "loongarch64, loongarch",
    "mipsel, mips",
    "ppc64le, powerpc",
    "s390x, s390",
    "sparc64, sparc64"
  })
  void eachArchitectureHasOneNameWhoeverSpellsIt(String spelling, String name) {
    assertThat(ArchName.of(spelling)).isEqualTo(name);
  }
}
