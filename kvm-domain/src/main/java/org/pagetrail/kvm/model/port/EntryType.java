package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which memory type does an entry get, and which predicate selects it? */
public enum EntryType implements Rule {
  RISCV_NONE(
      RuleText.arch(
          "riscv/memory-type/none",
          "6.1 to 7.2 arch/riscv/kvm/mmu.c",
          "None: a fault maps every frame alike, and nothing asks whether it is a device.")),

  LOONGARCH_PFN_VALID(
      RuleText.arch(
          "loongarch/memory-type/pfn-valid",
          "6.12, 7.2 arch/loongarch/kvm/mmu.c",
          "Cacheable if the frame is valid, strongly ordered uncached if it is not.")),

  MIPS_NONE(
      RuleText.arch(
          "mips/memory-type/none",
          "4.18 to 7.2 arch/mips/kvm/mmu.c",
          "None: every frame is mapped with the default cache attribute, and nothing asks whether"
              + " it is a device.")),

  POWERPC_HASH_HOST_ENTRY(
      RuleText.arch(
          "powerpc/memory-type/hash-host-entry",
          "7.2 arch/powerpc/kvm/book3s_64_mmu_hv.c",
          "Guests with hashed tables: cache-inhibited where the host's own entry is, whatever the"
              + " frame. Guests with radix tables are not known.")),

  S390_NONE(
      RuleText.arch(
          "s390/memory-type/none", "7.2 arch/s390", "None: the architecture has no memory types.")),

  UNKNOWN(RuleText.unknown("unknown/memory-type", "Which memory type an entry gets."));

  private final RuleText text;

  EntryType(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
