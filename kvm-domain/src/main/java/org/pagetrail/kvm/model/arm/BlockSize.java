package org.pagetrail.kvm.model.arm;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** How much does one entry map? */
public enum BlockSize implements Rule {
  CONGRUENT(
      RuleText.arch(
          "arm64/block/congruent",
          "98047888bb9f to 4.20",
          "A 2 MiB block for hugetlbfs, always; for a transparent huge page if "
              + "host and guest address of the slot agree modulo 2 MiB. The block may "
              + "stick out of the slot.")),

  CONGRUENT_CONTAINED(
      RuleText.arch(
          "arm64/block/congruent-contained",
          "6794ad5443a2 (2018); 5.0 to 5.14",
          "A block of the page's size if host and guest address of the slot agree "
              + "modulo that size and the block lies inside the slot.")),

  HOST_LEAF(
      RuleText.arch(
          "arm64/block/host-leaf",
          "6011cf68c885 (2021); 5.15 and later",
          "As congruent-contained; the size is that of the entry in the host's "
              + "own page table."));

  private final RuleText text;

  BlockSize(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
