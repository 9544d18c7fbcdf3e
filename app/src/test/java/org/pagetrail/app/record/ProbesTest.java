package org.pagetrail.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesTest {
  private static List<Probe> of(String arch, String release) {
    return Probes.of(arch, KernelRelease.of(release));
  }

  @ParameterizedTest
  @CsvSource({
    "6.1.192, __gfn_to_pfn_memslot, write=$arg5:u8",
    "6.2.0-rc1, __gfn_to_pfn_memslot, write=$arg6:u8",
    "6.12.9, __gfn_to_pfn_memslot, write=$arg6:u8",
    "6.13, __kvm_faultin_pfn, write=$arg3:b1@0/32",
  })
  void theLookupOfAFrameIsProbedWhereItsArgumentsAre(
      String release, String function, String write) {
    assertThat(of("arm64", release + "-generic"))
        .filteredOn(probe -> probe.name().equals("gfn2pfn"))
        .singleElement()
        .satisfies(probe -> {
          assertThat(probe.function()).isEqualTo(function);
          assertThat(probe.arguments()).endsWith(write);
        });
  }

  @Test
  void stage2IsProbedOnArm64Alone() {
    assertThat(of("arm64", "6.1")).extracting(Probe::name).contains("s2map", "iomem");
    assertThat(of("x86", "6.1")).extracting(Probe::name).containsOnly("memslot", "gfn2pfn");
  }

  @Test
  void callsAndReturnsAreDefinedAsTheKernelTakesThem() {
    Probe probe = new Probe("iomem", "io_mem_abort", "ipa=$arg2:x64", "ret=$retval:s32");

    assertThat(probe.call("g")).isEqualTo("p:g/iomem io_mem_abort ipa=$arg2:x64");
    assertThat(probe.returned("g")).isEqualTo("r:g/iomem_ret io_mem_abort ret=$retval:s32");
  }

  @Test
  void aReleaseWithoutNumbersIsOlderThanAll() {
    assertThat(KernelRelease.of("unknown")).isLessThan(KernelRelease.of("2.6.20"));
    assertThat(KernelRelease.of("6.18.44-fc")).hasToString("6.18");
  }
}
