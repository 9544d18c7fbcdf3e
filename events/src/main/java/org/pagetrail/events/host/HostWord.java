package org.pagetrail.events.host;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.ArchName;

/** A word of a folder's name that says how its host was set up, whatever kernel it ran. */
public enum HostWord {
  /** Transparent huge pages for all memory. */
  THP_ALWAYS(null),
  /** Transparent huge pages where memory was advised so. */
  THP_MADVISE(null),
  /** No transparent huge pages. */
  THP_NEVER(null),
  /** The processor has DIC: instruction fetches need no cache maintenance. */
  DIC("arm64"),
  /** The processor has FWB: stage 2 can force memory to be cacheable. */
  FWB("arm64"),
  /** AMD's nested paging. */
  NPT("x86"),
  /** Intel's extended page tables. */
  EPT("x86"),
  /** KVM keeps shadow page tables. */
  SHADOW("x86"),
  /**
   * The processor walks the tables, but KVM keeps them as it keeps shadow pages: blocks are then
   * not split when logging begins (kvm_mmu_try_split_huge_pages, 6.1).
   */
  NO_TDP_MMU("x86"),
  /** The tables of a powerpc are a tree. */
  RADIX("powerpc"),
  /** The table of a powerpc is hashed. */
  HASH("powerpc");

  private final @Nullable String arch;

  HostWord(@Nullable String arch) {
    this.arch = arch;
  }

  /** The setting that a word in small letters names on an architecture; null if it names none. */
  static @Nullable HostWord of(String word, @Nullable String arch) {
    HostWord named =
        switch (word) {
          case "thpalways" -> THP_ALWAYS;
          case "thpmadvise" -> THP_MADVISE;
          case "thpnever", "nothp" -> THP_NEVER;
          case "dic" -> DIC;
          case "fwb" -> FWB;
          case "npt" -> NPT;
          case "ept" -> EPT;
          case "shadow", "npt0", "nonpt", "ept0", "noept" -> SHADOW;
          case "tdpmmu0", "tdp_mmu0", "notdpmmu" -> NO_TDP_MMU;
          case "radix" -> RADIX;
          case "hash" -> HASH;
          default -> null;
        };
    return named == null || named.isOf(arch) ? named : null;
  }

  private boolean isOf(@Nullable String host) {
    return arch == null || host == null || arch.equals(ArchName.of(host));
  }

  /** Whether it says something of transparent huge pages. */
  public boolean isOfHugePages() {
    return this == THP_ALWAYS || this == THP_MADVISE || this == THP_NEVER;
  }

  /** The rule that a kernel goes by on such a host, whatever its release; null for none. */
  public @Nullable String rule() {
    return this == NO_TDP_MMU ? "x86/dirty-log/no-eager-split" : null;
  }
}
