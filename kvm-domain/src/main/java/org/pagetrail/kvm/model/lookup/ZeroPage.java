package org.pagetrail.kvm.model.lookup;

import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/**
 * Where the 4 KiB zero page comes from, and so why it has a page and that page is reserved. The
 * kernel never gives it to the allocator, on any architecture.
 */
public enum ZeroPage implements Rule {
  ARM64(
      RuleText.arch(
          "arm64/zero-page/reserved",
          "3.12 to 7.2 arch/arm64/mm/mmu.c",
          "Allocated before the allocator runs, later a part of the kernel's BSS: valid and"
              + " reserved.")),
  ARM(
      RuleText.arch(
          "arm/zero-page/reserved",
          "3.12 arch/arm/mm/mmu.c",
          "Allocated before the allocator runs: valid and reserved.")),
  X86(
      RuleText.arch(
          "x86/zero-page/reserved",
          "6.18, as /proc/kpageflags shows it",
          "A part of the kernel's BSS: valid and reserved.")),
  RISCV(
      RuleText.arch(
          "riscv/zero-page/reserved",
          "arch/riscv/mm/init.c",
          "A part of the kernel's BSS: valid and reserved.")),
  LOONGARCH(
      RuleText.arch(
          "loongarch/zero-page/reserved",
          "arch/loongarch/mm/init.c",
          "Taken from the allocator at boot, and marked reserved: valid and reserved.")),
  MIPS(
      RuleText.arch(
          "mips/zero-page/reserved",
          "arch/mips/mm/init.c",
          "One page, or eight of different colours, taken at boot and marked reserved: valid and"
              + " reserved.")),
  POWERPC(
      RuleText.arch(
          "powerpc/zero-page/reserved",
          "arch/powerpc/mm/mem.c",
          "A part of the kernel's image: valid and reserved.")),
  S390(
      RuleText.arch(
          "s390/zero-page/reserved",
          "arch/s390/mm/init.c",
          "Several pages of different colours, taken at boot and marked reserved: valid and"
              + " reserved. A process that uses storage keys gets none."));

  private final RuleText text;

  ZeroPage(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** The zero page of an architecture. */
  public static ZeroPage of(Arch arch) {
    return switch (arch) {
      case ARM64 -> ARM64;
      case ARM -> ARM;
      case X86 -> X86;
      case RISCV -> RISCV;
      case LOONGARCH -> LOONGARCH;
      case MIPS -> MIPS;
      case POWERPC -> POWERPC;
      case S390 -> S390;
    };
  }
}
