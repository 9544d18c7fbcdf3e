package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** How much does one entry map of a mapping of page frames? */
public enum PfnmapBlock implements Rule {
  AS_MEMORY(
      RuleText.arch(
          "arm64/pfnmap-block/as-memory",
          "98047888bb9f to 5.4",
          "What memory would get; page frames are no huge pages, so a page.")),

  PAGE(
      RuleText.arch(
          "arm64/pfnmap-block/page",
          "6d674e28f642 (2019); 5.5 to 5.13; 6.1.192, and so 6.6 with stable updates",
          "Always a page.")),

  VMA_ARITHMETIC(
      RuleText.arch(
          "arm64/pfnmap-block/vma-arithmetic",
          "2aa53d68cee6 (2021); 5.14 and later, before stable updates",
          "A block, of device memory too, if guest address, host address and frame "
              + "agree modulo its size and it lies inside mapping and slot.")),

  HOST_LEAF(
      RuleText.arch(
          "arm64/pfnmap-block/host-leaf",
          "71cc2c67fb8f (2026); 6.12, 6.18 and 7.2 with stable updates",
          "The size of the entry in the host's own page table."));

  private final RuleText text;

  PfnmapBlock(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
