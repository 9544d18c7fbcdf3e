package org.pagetrail.kvm.model.lookup;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** Which frame stands behind a mapping of page frames (VM_PFNMAP), and may it be written? */
public enum RemappedPfn implements Rule {
  VMA_ARITHMETIC(
      RuleText.generic(
          "generic/pfnmap/vma-arithmetic",
          "85c8555ff07e, 4.4; until 4.7",
          "The frame is computed from the offset in the mapping; writable is what "
              + "was asked for; a frame of ordinary memory is a BUG.")),

  FOLLOW_PFN(
      RuleText.generic(
          "generic/pfnmap/follow-pfn",
          "add6a0cd1c5b (2016); 4.8 to 4.15",
          "The frame is read from the page table, after a fault if it is empty; "
              + "writable is what was asked for.")),

  FOLLOW_PFN_WRITABLE(
      RuleText.generic(
          "generic/pfnmap/follow-pfn-writable",
          "a340b3e229b2 (2018); 4.16 to 5.9",
          "The frame is read from the page table, after a fault if it is empty; "
              + "it counts as writable unless the slot is read-only.")),

  FOLLOW_PTE(
      RuleText.generic(
          "generic/pfnmap/follow-pte",
          "bd2fae8da794 (2021); 5.12 to 6.11; 5.10 with stable updates",
          "Frame and permission are read from the page table, after a fault if it "
              + "is empty; a write to an entry without write permission is refused.")),

  FOLLOW_PFNMAP(
      RuleText.generic(
          "generic/pfnmap/follow-pfnmap",
          "5731aacd54a8 (2024); 6.12 and later",
          "As follow-pte, and huge entries are understood."));

  private final RuleText text;

  RemappedPfn(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }

  /** Whether an empty entry is faulted in; otherwise the entry is not looked at. */
  public boolean readsPageTable() {
    return this != VMA_ARITHMETIC;
  }

  /** Whether the lookup fails although a frame is there. */
  public boolean refuses(boolean write, boolean hostWritable) {
    return switch (this) {
      case VMA_ARITHMETIC, FOLLOW_PFN, FOLLOW_PFN_WRITABLE -> false;
      case FOLLOW_PTE, FOLLOW_PFNMAP -> write && !hostWritable;
    };
  }

  /** Whether the frame counts as writable, for a slot that is not read-only. */
  public boolean isWritable(boolean write, boolean hostWritable) {
    return switch (this) {
      case VMA_ARITHMETIC, FOLLOW_PFN -> write;
      case FOLLOW_PFN_WRITABLE -> true;
      case FOLLOW_PTE, FOLLOW_PFNMAP -> hostWritable;
    };
  }
}
