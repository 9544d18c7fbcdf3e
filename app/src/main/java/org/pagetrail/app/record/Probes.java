package org.pagetrail.app.record;

import java.util.ArrayList;
import java.util.List;

/**
 * Probes that say what the kernel's own events leave out, named as the captures name them. A kernel
 * that has a function under another name, or inlined it, does not offer its probe. Arguments are
 * read by their place, which is why a function whose places changed has one entry for each.
 */
final class Probes {
  private static final String INT = "ret=$retval:s32";

  /** Generic code: virt/kvm/kvm_main.c. */
  private static final List<Probe> GENERIC =
      List.of(
          memslot("__kvm_set_memory_region"),
          // Its name since 6.14.
          memslot("kvm_set_memory_region"));

  /** Generic code until 6.1; in 6.2 the argument {@code interruptible} moved the others. */
  private static final Probe LOOKUP_TO_6_1 =
      new Probe(
          "gfn2pfn", "__gfn_to_pfn_memslot", "gfn=$arg2:x64 write=$arg5:u8", "pfn=$retval:x64");

  private static final Probe LOOKUP_FROM_6_2 =
      new Probe(
          "gfn2pfn", "__gfn_to_pfn_memslot", "gfn=$arg2:x64 write=$arg6:u8", "pfn=$retval:x64");

  /** Since 6.13, with FOLL_WRITE, the lowest of its flags, for a write. */
  private static final Probe LOOKUP_FROM_6_13 =
      new Probe(
          "gfn2pfn", "__kvm_faultin_pfn", "gfn=$arg2:x64 write=$arg3:b1@0/32", "pfn=$retval:x64");

  /** arch/arm64/kvm. */
  private static final List<Probe> ARM64 =
      List.of(
          new Probe(
              "s2map",
              "kvm_pgtable_stage2_map",
              "pgd=+8($arg1):x64 ipa=$arg2:x64 size=$arg3:x64 phys=$arg4:x64 prot=$arg5:x64",
              INT),
          new Probe(
              "s2relax", "kvm_pgtable_stage2_relax_perms", "ipa=$arg2:x64 prot=$arg3:x64", INT),
          new Probe("s2unmap", "kvm_pgtable_stage2_unmap", "ipa=$arg2:x64 size=$arg3:x64", ""),
          new Probe("s2wp", "kvm_pgtable_stage2_wrprotect", "ipa=$arg2:x64 size=$arg3:x64", ""),
          new Probe("s2mkyoung", "kvm_pgtable_stage2_mkyoung", "ipa=$arg2:x64", ""),
          new Probe("iomem", "io_mem_abort", "ipa=$arg2:x64", INT),
          new Probe("injpabt", "kvm_inject_pabt", "addr=$arg2:x64", ""),
          new Probe("injdabt", "kvm_inject_dabt", "addr=$arg2:x64", ""));

  private Probes() {}

  /**
   * The probes for a machine.
   *
   * @param arch as a trail names it
   * @param release of the running kernel
   */
  static List<Probe> of(String arch, KernelRelease release) {
    List<Probe> probes = new ArrayList<>(GENERIC);
    probes.add(lookup(release));
    if (arch.equals("arm64")) {
      probes.addAll(ARM64);
    }
    return List.copyOf(probes);
  }

  private static Probe lookup(KernelRelease release) {
    if (release.compareTo(new KernelRelease(6, 13)) >= 0) {
      return LOOKUP_FROM_6_13;
    }
    return release.compareTo(new KernelRelease(6, 2)) >= 0 ? LOOKUP_FROM_6_2 : LOOKUP_TO_6_1;
  }

  private static Probe memslot(String function) {
    return new Probe(
        "memslot",
        function,
        "slot=+0($arg2):u32 flags=+4($arg2):x32 gpa=+8($arg2):x64 size=+16($arg2):x64"
            + " ua=+24($arg2):x64",
        INT);
  }
}
