package org.pagetrail.traceimport.capture;

import org.pagetrail.events.HostEvent;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;

/** What one line of the kernel's trace says. */
public sealed interface KernelFact {
  /** The vCPU number of a fact that does not name its vCPU. */
  int UNNAMED = -1;

  /** A fact that only the thread of a vCPU can state. */
  sealed interface OfVcpu extends KernelFact {
    /** The vCPU's number as the line has it, or {@link #UNNAMED}. */
    default int vcpu() {
      return UNNAMED;
    }
  }

  /** kvm_entry. */
  record Entered(int vcpu, long pc) implements OfVcpu {}

  /** kvm_exit; the reason in the trace's words. */
  record Exited(int vcpu, String reason, long pc) implements OfVcpu {}

  /** kvm_guest_fault of arm. */
  record ArmFault(long ipa, long esr, long far, long pc) implements OfVcpu {}

  /** kvm_page_fault of x86. */
  record X86Fault(int vcpu, long address, long errorCode, long pc) implements OfVcpu {}

  /** Which of the three kinds of kvm_mmio. */
  enum MmioPhase {
    /** A write leaves the guest. */
    WRITE,
    /** A read leaves the guest, its value not known yet. */
    UNSATISFIED_READ,
    /** A read has its value. */
    READ
  }

  /** kvm_mmio. */
  record Mmio(MmioPhase phase, Gpa gpa, int width, long value) implements OfVcpu {}

  /** kvm_userspace_exit: the reason, or {@code restart} or {@code error} with a positive errno. */
  record LeftToUserspace(String reason, int errno) implements OfVcpu {}

  /** An entry was put into the tables, as kvm_mmu_set_spte of x86 states it. */
  record EntrySet(KernelCall.Stage2Map entry) implements KernelFact {}

  /** kvm_unmap_hva_range, kvm_unmap_hva. */
  record RangeInvalidation(HvaRange range) implements KernelFact {}

  /** kvm_set_spte_hva. */
  record EntryChange(Hva hva) implements KernelFact {}

  /** A probe at the entry of a function. */
  record Called(KernelCall call) implements KernelFact {}

  /** A probe at the return of a function. */
  record Returned(ProbeMeaning meaning, long value) implements KernelFact {}

  /** A change of the monitor's memory, as a system call asked for it. */
  record OfHost(HostEvent event) implements KernelFact {}

  /** A text that somebody wrote into the trace. */
  record Marker(String text) implements KernelFact {}

  /** The ring buffer dropped events before this line. */
  record Lost(long count) implements KernelFact {}

  /** An event that says nothing about pages. */
  record Noted(String event, String text) implements KernelFact {}
}
