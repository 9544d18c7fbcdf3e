package org.pagetrail.kvm.model;

/** What KVM and the processor do in every release. */
public enum KvmRule implements Rule {
  HARDWARE(
      RuleText.arch(
          "hardware/stage2",
          "Arm ARM, AMD and Intel manuals",
          "An access that a valid stage 2 entry permits goes to memory without "
              + "leaving the guest; any other traps.")),

  STORE_EXCLUSIVE_LOST(
      RuleText.arch(
          "hardware/store-exclusive-lost",
          "Arm ARM: an exception return clears the monitor",
          "A store-exclusive that trapped fails when it is tried again: it writes "
              + "nothing, and the guest goes on.")),

  LOOKUP(
      RuleText.generic(
          "generic/lookup/slot",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "The slot decides: none, or one being deleted, gives no frame; a write "
              + "to a read-only slot is refused; the frame of a read-only slot is never "
              + "writable.")),

  LOOKUP_PAGE(
      RuleText.generic(
          "generic/lookup/page",
          "85c8555ff07e, 6.1, 7.2 virt/kvm/kvm_main.c",
          "The host page is faulted in as the monitor would do it; the frame is "
              + "writable if a write was asked for, or if the host's entry is writable "
              + "already.")),

  STALE(
      RuleText.generic(
          "generic/notifier/stale-lookup",
          "85c8555ff07e, 6.1, 7.2",
          "If a notifier ran since the lookup began, nothing is mapped, and the "
              + "guest takes the fault again.")),

  NOTIFIER_UNMAPS(
      RuleText.generic(
          "generic/notifier/unmap",
          "3.19, 6.1, 7.2",
          "What a notifier announces is removed from stage 2, in every slot that " + "shows it.")),

  FAULT_RESOLVED(
      RuleText.arch("arm64/abort/resolved", "98047888bb9f, 6.1, 7.2", "The guest is resumed.")),

  NO_MAPPING(
      RuleText.arch(
          "arm64/abort/no-mapping",
          "3.18, 6.1, 7.2",
          "A slot over nothing: KVM_RUN fails with EFAULT.")),

  LOOKUP_FAILED(
      RuleText.arch(
          "arm64/abort/lookup-failed",
          "98047888bb9f, 6.1, 7.2",
          "The lookup gave no frame: KVM_RUN fails with EFAULT.")),

  MMIO_EXIT(
      RuleText.arch(
          "arm64/mmio/exit",
          "98047888bb9f, 6.1, 7.2",
          "An access that no memory answers leaves to the monitor with address, "
              + "size and value; memory is not changed. So does a write to a read-only "
              + "slot.")),

  MMIO_WALK(
      RuleText.arch(
          "arm64/mmio/walk",
          "98047888bb9f to 4.18",
          "MMIO emulation of a walk of the guest's tables injects a data abort.")),

  MMIO_COMPLETED(
      RuleText.arch(
          "arm64/mmio/completed",
          "98047888bb9f, 6.1, 7.2",
          "When the monitor enters the guest again, the answer reaches the "
              + "register and the instruction is done.")),

  ACCESS_FLAG(
      RuleText.arch(
          "arm64/abort/access-flag",
          "4.4, 6.1, 7.2",
          "An access flag fault makes the entry young.")),

  DIRTY_LOG_READ(
      RuleText.generic(
          "generic/dirty-log/get",
          "6.1 virt/kvm/kvm_main.c",
          "Reading the log clears it and takes write permission from what was "
              + "dirty, 64 pages at a time; a slot without log gives ENOENT.")),

  SLOT_CREATED(RuleText.generic("generic/slot/create", "6.1, 7.2", "A new slot maps nothing.")),

  SLOT_DELETED(
      RuleText.generic(
          "generic/slot/delete",
          "6.1, 7.2",
          "A slot that goes, or moves, is removed from stage 2 first.")),

  SLOT_UNCHANGED(
      RuleText.generic(
          "generic/slot/unchanged",
          "6.1, 7.2",
          "A request that changes nothing, or switches the log off, leaves stage " + "2 alone.")),

  UNKNOWN_INSTRUCTION(
      RuleText.unknown(
          "unknown/instruction",
          "Whether an instruction that is no plain load or store can be emulated.")),

  NO_PROGRESS(
      RuleText.generic(
          "generic/no-progress",
          "none",
          "The same access faulted more often than the model follows."));

  private final RuleText text;

  KvmRule(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
