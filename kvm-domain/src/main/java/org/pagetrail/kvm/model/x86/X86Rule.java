package org.pagetrail.kvm.model.x86;

import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleText;

/** What the fault path of x86 does in every release. */
public enum X86Rule implements Rule {
  EMULATED(
      RuleText.arch(
          "x86/fault/emulate",
          "4.18, 6.1, 7.2 arch/x86/kvm/mmu/mmu.c",
          "No slot, or a write that the lookup refuses: the instruction is " + "emulated.")),

  LOOKUP_FAILED(
      RuleText.arch(
          "x86/fault/lookup-failed",
          "6.1, 7.2 arch/x86/kvm/mmu/mmu.c",
          "The lookup gave no frame: KVM_RUN fails with EFAULT.")),

  POISONED(
      RuleText.arch(
          "x86/fault/poison",
          "6.1, 7.2 arch/x86/kvm/mmu/mmu.c",
          "The monitor's thread gets SIGBUS, and the guest is resumed.")),

  MAPPED(
      RuleText.arch(
          "x86/fault/map",
          "6.1, 7.2 arch/x86/kvm/mmu/mmu.c",
          "The entry is readable and executable, and writable if the frame is, "
              + "whatever the access was.")),

  UNPROTECTED(
      RuleText.arch(
          "x86/fault/fast",
          "3.12, 6.1, 7.2 arch/x86/kvm/mmu/mmu.c",
          "A write to an entry that lost write permission to the dirty log alone gets it back "
              + "without a lookup.")),

  DIRTIED(
      RuleText.arch(
          "x86/dirty-log/marks-writable",
          "6.1 arch/x86/kvm/mmu/spte.c",
          "A writable entry in a logged slot marks its page dirty when it is " + "made.")),

  MMIO(
      RuleText.arch(
          "x86/emulate/mmio",
          "6.1 arch/x86/kvm/x86.c",
          "An emulated access that host memory does not take leaves to the "
              + "monitor, at most 8 bytes an exit.")),

  HOST_MEMORY(
      RuleText.arch(
          "x86/emulate/host-memory",
          "6.1 arch/x86/kvm/x86.c",
          "The emulator reads and writes a slot through its host address; no " + "entry is made.")),

  NO_FETCH(
      RuleText.arch(
          "x86/emulate/no-fetch",
          "6.1 arch/x86/kvm/emulate.c",
          "Instructions cannot be fetched from where there is no memory: "
              + "KVM_EXIT_INTERNAL_ERROR.")),

  LOCKED(
      RuleText.arch(
          "x86/emulate/locked",
          "6.1 arch/x86/kvm/x86.c",
          "A locked operation is done on the host address; where the host does "
              + "not let write, KVM_EXIT_INTERNAL_ERROR; in a read-only slot it becomes "
              + "a plain write."));

  private final RuleText text;

  X86Rule(RuleText text) {
    this.text = text;
  }

  @Override
  public RuleText text() {
    return text;
  }
}
