package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageWritten;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.FaultEnd.Outcome;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.PageFaults;
import org.pagetrail.kvm.host.Touch;
import org.pagetrail.kvm.model.x86.X86Rule;
import org.pagetrail.kvm.slot.Memslot;

/** What KVM's instruction emulator does with an operand in memory. */
final class X86Emulator {
  private final Draft draft;

  X86Emulator(Draft draft) {
    this.draft = draft;
  }

  /** Emulates the access of a fault. */
  FaultEnd emulate(Fault fault, @Nullable Memslot slot) {
    return switch (fault.access()) {
      case EXECUTE -> FaultEnd.of(Outcome.NOT_EMULATED);
      case READ, READ_PAIR, READ_EXCLUSIVE, STRING_OUT, WALK_READ, CACHE_MAINTENANCE ->
          read(fault, slot);
      case WRITE, WRITE_PAIR, WRITE_EXCLUSIVE, STRING_IN, STRING_STORE, ZERO_BLOCK, WALK_WRITE ->
          write(fault, slot);
      case ATOMIC -> locked(fault, slot);
    };
  }

  private FaultEnd read(Fault fault, @Nullable Memslot slot) {
    return slot != null && touch(slot, fault, false) == Touch.DONE
        ? FaultEnd.of(Outcome.SKIPPED)
        : exit(fault, false);
  }

  private FaultEnd write(Fault fault, @Nullable Memslot slot) {
    if (slot == null || slot.flags().isReadOnly() || touch(slot, fault, true) != Touch.DONE) {
      return exit(fault, true);
    }
    store(fault, slot);
    return FaultEnd.of(Outcome.SKIPPED);
  }

  /** A locked operation reads its operand, then exchanges it on the host address. */
  private FaultEnd locked(Fault fault, @Nullable Memslot slot) {
    if (slot == null || touch(slot, fault, false) != Touch.DONE) {
      return exit(fault, false);
    }
    if (slot.flags().isReadOnly()) {
      return exit(fault, true);
    }
    if (touch(slot, fault, true) != Touch.DONE) {
      return FaultEnd.of(Outcome.NOT_EMULATED);
    }
    store(fault, slot);
    return FaultEnd.of(Outcome.SKIPPED);
  }

  private Touch touch(Memslot slot, Fault fault, boolean write) {
    return new PageFaults(draft).touch(slot.hvaOf(fault.gpa()), write);
  }

  private void store(Fault fault, Memslot slot) {
    Hva hva = slot.hvaOf(fault.gpa());
    HostPages page = draft.host().pageAt(hva);
    Pfn pfn = page == null ? null : page.frame();
    Long value = fault.value();
    if (pfn != null && value != null) {
      draft.decide(
          new PageWritten(pfn, hva.pageOffset(), Math.min(fault.width(), 8), value, Writer.GUEST),
          X86Rule.HOST_MEMORY);
    }
    if (slot.flags().logsDirty()) {
      draft.decide(new PageDirtied(fault.gpa().gfn()), X86Rule.HOST_MEMORY);
    }
  }

  private FaultEnd exit(Fault fault, boolean write) {
    Long value = fault.value();
    draft.decide(
        new MmioExited(
            fault.vcpu(), fault.gpa(), fault.width(), write, write && value != null ? value : 0),
        X86Rule.MMIO,
        Input.of("write", write));
    return FaultEnd.of(Outcome.EXITED);
  }
}
