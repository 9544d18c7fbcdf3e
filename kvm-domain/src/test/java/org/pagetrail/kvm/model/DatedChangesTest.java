package org.pagetrail.kvm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each change of a rule comes with its release: the one before it has the old rule. */
class DatedChangesTest {

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "ARM64, 4.0, DirtyLogging, arm64/dirty-log/none, arm64/dirty-log/marks-writable",
    "ARM64, 4.0, PfnmapLogging, arm64/slot/pfnmap-log-ignored, arm64/slot/pfnmap-log-einval",
    "ARM64, 4.2, FaultTypes, arm64/abort/translation-and-permission, arm64/abort/access-flag-too",
    "ARM64, 4.5, SlotMiss, arm64/slot-miss/fetch-aborts, arm64/slot-miss/maintenance-skipped",
    "ARM, 4.5, SlotMiss, arm64/slot-miss/fetch-aborts, arm64/slot-miss/maintenance-skipped",
    "X86, 3.7, ReadOnlySlots, generic/slot/read-only-unsupported, generic/slot/read-only-supported",
    "X86, 3.9, SlotCount, x86/slot/count-32, x86/slot/count-125",
    "X86, 4.2, HostMmio, x86/host-mmio/mmio-predicate, x86/host-mmio/not-zero-page",
    "X86, 4.2, SlotCount, x86/slot/count-509-one-space, x86/slot/count-509",
    "X86, 4.8, RemappedPfn, generic/pfnmap/vma-arithmetic, generic/pfnmap/follow-pfn",
    "ARM64, 4.8, RemappedPfn, generic/pfnmap/vma-arithmetic, generic/pfnmap/follow-pfn",
    "ARM64, 4.12, SlotCount, arm64/slot/count-32, arm64/slot/count-512",
    "ARM64, 4.13, Poison, arm64/poison/efault, arm64/poison/sigbus",
    "ARM64, 4.16, ExecPermission, arm64/execute/always, arm64/execute/on-fetch",
    "X86, 4.16, HostMmio, x86/host-mmio/not-zero-page, x86/host-mmio/cache-mode",
    "X86, 4.16, RemappedPfn, generic/pfnmap/follow-pfn, generic/pfnmap/follow-pfn-writable",
    "X86, 4.19, PfnLookup, generic/lookup/slow-first, generic/lookup/fast-first",
    "ARM64, 5.0, BlockSize, arm64/block/congruent, arm64/block/congruent-contained",
    "X86, 5.2, HostMmio, x86/host-mmio/cache-mode, x86/host-mmio/memory-map",
    "S390, 5.4, MmioPredicate, generic/mmio-pfn/page-reserved-again,"
        + " generic/mmio-pfn/not-zone-device",
    "ARM64, 5.5, ExecOnDevice, arm64/execute-device/executable, arm64/execute-device/abort",
    "ARM, 5.5, ReadOnlyMapping, arm64/slot/read-only-mapping-eperm,"
        + " arm64/slot/read-only-mapping-allowed",
    "ARM64, 5.5, MissingSyndrome, arm64/mmio/no-syndrome-enosys,"
        + " arm64/mmio/no-syndrome-exit-if-asked",
    "X86, 5.6, MmioPredicate, generic/mmio-pfn/not-zone-device,"
        + " generic/mmio-pfn/not-zero-not-zone-device",
    "X86, 5.8, HugeCopy, host/thp/cow-copies-huge, host/thp/cow-splits",
    "MIPS, 5.8, SlotCount, mips/slot/count-8, mips/slot/count-16",
    "ARM64, 5.9, SlotMiss, arm64/slot-miss/maintenance-skipped, arm64/slot-miss/walk-aborts",
    "ARM64, 5.9, WriteFault, arm64/write-fault/walk-writes,"
        + " arm64/write-fault/instruction-walk-writes",
    "ARM64, 5.10, Install, arm64/install/set-entry, arm64/install/relax-or-map",
    "ARM64, 5.12, SlotCount, arm64/slot/count-512, arm64/slot/count-32767",
    "X86, 5.12, SlotCount, x86/slot/count-509, x86/slot/count-32764",
    "S390, 5.12, SlotCount, s390/slot/count-32, s390/slot/count-32766",
    "ARM64, 5.14, DeviceRule, arm64/device/pfn-invalid, arm64/device/not-map-memory",
    "ARM64, 5.14, PfnValid, arm64/pfn-valid/section, generic/pfn-valid/struct-page",
    "ARM64, 5.14, PfnmapAtCreation, arm64/slot/pfnmap-mapped, arm64/slot/pfnmap-not-mapped",
    "ARM64, 5.14, PfnmapBlock, arm64/pfnmap-block/page, arm64/pfnmap-block/vma-arithmetic",
    "X86, 5.14, PopulateAdvice, host/madvise/populate-unknown, host/madvise/populate",
    "ARM64, 5.15, BlockSize, arm64/block/congruent-contained, arm64/block/host-leaf",
    "X86, 5.18, EagerSplit, x86/dirty-log/no-eager-split, x86/dirty-log/eager-split",
    "X86, 5.18, IpaLimit, x86/slot/gfn-unchecked, x86/slot/max-gfn",
    "RISCV, 6.0, ReferenceRelease, generic/reference/unless-mmio,"
        + " generic/reference/refcounted-page",
    "ARM64, 6.2, HugetlbZap, host/hugetlb/zap-announced-twice, host/hugetlb/zap-announced-once",
    "ARM64, 6.9, DeviceMemoryType, arm64/device-type/ngnre,"
        + " arm64/device-type/non-cacheable-if-allowed",
    "ARM64, 6.10, ChangePte, host/cow/change-pte, host/cow/no-change-pte",
    "MIPS, 6.10, ChangePteEffect, mips/notifier/change-pte, generic/notifier/no-change-pte",
    "X86, 6.12, RemappedPfn, generic/pfnmap/follow-pte, generic/pfnmap/follow-pfnmap",
    "X86, 6.13, PfnLookup, generic/lookup/fast-first, generic/lookup/one-parameter-block",
    "ARM64, 6.13, HugeZeroWrite, host/thp/huge-zero-splits, host/thp/huge-zero-allocates",
    "ARM64, 6.17, DeviceRule, arm64/device/not-map-memory, arm64/device/cacheable-pfnmap",
    "ARM64, 6.17, CacheablePfnmapSlot, arm64/slot/cacheable-pfnmap-allowed,"
        + " arm64/slot/cacheable-pfnmap-einval",
    "X86, 7.2, KsmFlag, host/kpageflags/ksm-all-anonymous, host/kpageflags/ksm-merged-pages"
  })
  void theReleaseBeforeHasTheOldRuleAndTheOneItCameWithTheNew(
      Arch arch, String came, String question, String older, String newer) {
    assertThat(answer(arch, before(came), question)).isEqualTo(older);
    assertThat(answer(arch, came, question)).isEqualTo(newer);
  }

  private static String answer(Arch arch, String release, String question) {
    List<String> answers =
        Kernels.of(arch, release).rules().stream()
            .filter(rule -> rule.question().equals(question))
            .map(Rule::id)
            .toList();
    return answers.size() == 1 ? answers.getFirst() : answers.toString();
  }

  /** The release of Linux before one. */
  private static String before(String release) {
    int dot = release.indexOf('.');
    int major = Integer.parseInt(release.substring(0, dot));
    int minor = Integer.parseInt(release.substring(dot + 1));
    int last =
        switch (major) {
          case 4, 6, 7 -> 19;
          default -> 20;
        };
    return minor > 0 ? major + "." + (minor - 1) : (major - 1) + "." + last;
  }
}
