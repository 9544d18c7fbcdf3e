package org.pagetrail.kvm;

/** How an architecture handles one access that stage 2 did not let through. */
interface FaultPath {

  /** Handles the fault, up to and including the event AbortHandled. */
  FaultEnd handle(Fault fault);

  /** The fault path of the draft's kernel. */
  static FaultPath of(Draft draft) {
    return switch (draft.model().arch()) {
      case ARM, ARM64 -> new ArmAbort(draft);
      case X86 -> new X86Fault(draft);
      case RISCV, LOONGARCH, MIPS, POWERPC, S390 -> new PortFault(draft);
    };
  }
}
