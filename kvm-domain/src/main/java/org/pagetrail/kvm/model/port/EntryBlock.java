package org.pagetrail.kvm.model.port;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** How much does one entry map? */
public enum EntryBlock implements Rule {
  RISCV_HUGETLB(
      RuleText.arch(
          "riscv/entry-block/hugetlb",
          "6.1, 6.2 arch/riscv/kvm/mmu.c",
          "The huge pages of hugetlbfs, wherever the slot lies; a page elsewhere, and where the"
              + " slot is logged.")),

  RISCV_HOST_LEAF(
      RuleText.arch(
          "riscv/entry-block/host-leaf",
          "7.2 arch/riscv/kvm/mmu.c",
          "The size of the entry in the host's own page table, where guest and host address agree"
              + " and the block lies inside the slot; a page for page frames, and where the slot is"
              + " logged.")),

  LOONGARCH_HOST_LEAF(
      RuleText.arch(
          "loongarch/entry-block/host-leaf",
          "6.12 arch/loongarch/kvm/mmu.c",
          "The size of the entry in the host's own page table, where guest and host address agree"
              + " and the block lies inside the slot; a page for a write to a logged slot.")),

  MIPS_PAGE(
      RuleText.arch("mips/entry-block/page", "4.18 to 7.2 arch/mips/kvm/mmu.c", "Always a page.")),

  UNKNOWN(
      RuleText.unknown(
          "unknown/entry-block", "Whether a huge page of the host is mapped by one entry."));

  private final RuleText text;

  EntryBlock(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
