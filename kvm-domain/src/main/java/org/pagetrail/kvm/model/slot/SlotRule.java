package org.pagetrail.kvm.model.slot;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What the memslot ioctl checks in every release, in the kernel's order. */
public enum SlotRule implements Rule {
  UNKNOWN_FLAG(
      RuleText.generic(
          "generic/slot/unknown-flag",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "Flags other than LOG_DIRTY and READONLY: EINVAL.")),

  UNALIGNED_SIZE(
      RuleText.generic(
          "generic/slot/unaligned-size",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "A size that is no multiple of a page: EINVAL.")),

  UNALIGNED_GPA(
      RuleText.generic(
          "generic/slot/unaligned-gpa",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "A guest address that is not page-aligned: EINVAL.")),

  UNALIGNED_HVA(
      RuleText.generic(
          "generic/slot/unaligned-hva",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "A host address that is not page-aligned: EINVAL.")),

  ASKED_LIMIT(
      RuleText.generic(
          "generic/slot/asked-limit",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "A slot number that KVM_CAP_NR_MEMSLOTS does not count, or an address space that "
              + "KVM_CAP_MULTI_ADDRESS_SPACE does not: EINVAL.")),

  GPA_WRAPS(
      RuleText.generic(
          "generic/slot/gpa-wraps",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "A guest range that wraps: EINVAL.")),

  TOO_MANY_PAGES(
      RuleText.generic(
          "generic/slot/too-many-pages",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "More than 2^31 - 1 pages: EINVAL.")),

  NO_SLOT_TO_DELETE(
      RuleText.generic(
          "generic/slot/no-slot-to-delete",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "Size 0 for a slot that does not exist: EINVAL.")),

  IMMUTABLE(
      RuleText.generic(
          "generic/slot/immutable",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "Host address, size and READONLY of a slot never change: EINVAL.")),

  OVERLAP(
      RuleText.generic(
          "generic/slot/overlap",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "A new or moved slot that overlaps another one of its address space: " + "EEXIST.")),

  CHANGE(
      RuleText.generic(
          "generic/slot/change",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "Size 0 deletes; another guest address moves; other flags alone change "
              + "the log; nothing different does nothing."));

  private final RuleText text;

  SlotRule(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
