package org.pagetrail.kvm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.FaultEnd.Outcome;
import org.pagetrail.kvm.PageLookup.Found;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.x86.HostMmio;
import org.pagetrail.kvm.model.x86.X86Rule;
import org.pagetrail.kvm.slot.Memslot;
import org.pagetrail.kvm.stage2.Stage2;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** One page fault of a guest on x86, whose own paging is off or done by the processor. */
final class X86Fault implements FaultPath {
  private static final int ERROR_PRESENT = 1;
  private static final int ERROR_WRITE = 1 << 1;
  private static final int ERROR_USER = 1 << 2;
  private static final int ERROR_FETCH = 1 << 4;

  private final Draft draft;

  X86Fault(Draft draft) {
    this.draft = draft;
  }

  @Override
  public FaultEnd handle(Fault fault) {
    long error = fault.syndrome() != 0 ? fault.syndrome() : errorCode(fault);
    draft.decide(
        new Stage2Faulted(
            fault.vcpu(), fault.access(), fault.gpa(), fault.fault(), -1, error, fault.pc()),
        KvmRule.HARDWARE);
    boolean write = (error & ERROR_WRITE) != 0;
    Memslot slot = draft.state().slots().at(fault.gpa());
    if (slot == null) {
      return emulate(fault, null, write);
    }
    Stage2Leaves there = draft.state().stage2().at(fault.gpa());
    boolean blockIsLogged = there != null && there.leafPages() > 1 && slot.flags().logsDirty();
    if (write && there != null && there.writeProtected() && !blockIsLogged) {
      draft.decide(new Stage2Relaxed(fault.gpa().pageBase(), Perms.RWX, 0), X86Rule.UNPROTECTED);
      markDirty(fault, slot);
      return end(fault, Outcome.RESUMED, KvmRule.FAULT_RESOLVED);
    }
    long before = draft.state().invalidations();
    Gfn gfn = fault.gpa().gfn();
    Found found = new PageLookup(draft).resolve(slot, gfn, write);
    Pfn pfn = found.pfn();
    if (found.result() == LookupResult.RO_FAULT) {
      return emulate(fault, slot, write);
    }
    if (found.result() == LookupResult.HWPOISON) {
      draft.decide(new SignalSent("SIGBUS", slot.hvaOf(fault.gpa())), X86Rule.POISONED);
      return end(fault, Outcome.SIGNALLED, X86Rule.POISONED);
    }
    if (found.result() != LookupResult.FOUND || pfn == null) {
      Input lookup = Input.of("lookup", found.result());
      draft.decide(new AbortHandled(fault.vcpu(), -Errno.EFAULT), X86Rule.LOOKUP_FAILED, lookup);
      return FaultEnd.failed(Errno.EFAULT);
    }
    if (draft.state().invalidations() != before) {
      return end(fault, Outcome.RESUMED, KvmRule.STALE);
    }
    return map(fault, slot, found, pfn);
  }

  private FaultEnd map(Fault fault, Memslot slot, Found found, Pfn pfn) {
    long pages = blockPages(fault.gpa(), slot);
    Gpa gpa = new Gpa(fault.gpa().pageBase().value() & -(pages << PageSize.BASE_SHIFT));
    Mapping mapping = draft.host().mappingAt(slot.hvaOf(fault.gpa()));
    FaultFacts facts =
        FaultFacts.of(
            draft,
            found,
            slot,
            mapping,
            fault.access().writes(),
            fault.access() == AccessKind.EXECUTE);
    boolean mayWrite = facts.decide(StatedDecision.MEMORY_WRITE, found.writable());
    Perms perms = new Perms(true, mayWrite, true);
    draft.decide(
        new Stage2Mapped(
            gpa,
            new ByteSize(pages << PageSize.BASE_SHIFT),
            new Pfn(pfn.value() & -pages),
            perms,
            memoryType(facts, found, pfn),
            0),
        facts.rule(StatedDecision.MEMORY_WRITE, X86Rule.MAPPED),
        Input.of("writable", found.writable()));
    if (found.writable()) {
      markDirty(fault, slot);
    }
    return end(fault, Outcome.RESUMED, KvmRule.FAULT_RESOLVED);
  }

  private void markDirty(Fault fault, Memslot slot) {
    if (slot.flags().logsDirty()) {
      draft.decide(new PageDirtied(fault.gpa().gfn()), X86Rule.DIRTIED);
    }
  }

  /** The processor's nested tables carry no type; Intel's extended ones do. */
  private MemoryType memoryType(FaultFacts fault, Found found, Pfn pfn) {
    if (draft.state().machine().paging() != Machine.Paging.EPT) {
      return MemoryType.NONE;
    }
    FrameFacts facts =
        FrameFacts.of(found.kind(), draft.model().rule(PfnValid.class), found.pfnmap());
    HostMmio rule = draft.model().rule(HostMmio.class);
    boolean cached = fault.mapping() == null || fault.mapping().details().cacheable();
    GenericPredicate predicate = GenericPredicate.of(draft.model(), facts, found.kind());
    boolean own = rule.isMmio(facts, predicate.mmio(), cached);
    boolean mmio = fault.decide(StatedDecision.DEVICE, own);
    List<Input> inputs = new ArrayList<>();
    if (rule.asksPredicate() || fault.asksPredicate(StatedDecision.DEVICE)) {
      inputs.add(Input.of("generic predicate", predicate.rule().id()));
    }
    inputs.add(Input.of("page", found.kind()));
    inputs.add(Input.of("pfn valid", facts.valid()));
    inputs.add(Input.of("reserved", facts.reserved()));
    inputs.add(Input.of("zero page", facts.zeroPage()));
    inputs.add(Input.of("host caches it", cached));
    draft.decide(
        new DeviceDecided(pfn, found.writable(), mmio),
        fault.rule(StatedDecision.DEVICE, rule),
        inputs.toArray(Input[]::new));
    return mmio ? MemoryType.DEVICE : MemoryType.NORMAL;
  }

  private long blockPages(Gpa gpa, Memslot slot) {
    HostPages page = draft.host().pageAt(slot.hvaOf(gpa));
    boolean huge = page != null && page.huge() && !slot.flags().logsDirty();
    return huge && slot.allowsBlock(gpa, PageSize.BLOCK_BYTES) ? Stage2.BLOCK_PAGES : 1;
  }

  private FaultEnd emulate(Fault fault, @Nullable Memslot slot, boolean write) {
    FaultEnd end = new X86Emulator(draft).emulate(fault, slot);
    int ret = end.outcome() == Outcome.RESUMED || end.outcome() == Outcome.SKIPPED ? 1 : 0;
    draft.decide(
        new AbortHandled(fault.vcpu(), ret),
        X86Rule.EMULATED,
        Input.of("slot", slot != null),
        Input.of("write", write));
    return end;
  }

  private FaultEnd end(Fault fault, Outcome outcome, Rule rule) {
    draft.decide(new AbortHandled(fault.vcpu(), 1), rule);
    return FaultEnd.of(outcome);
  }

  private static long errorCode(Fault fault) {
    long error = ERROR_USER;
    error |= fault.fault() == FaultType.PERMISSION ? ERROR_PRESENT : 0;
    error |= fault.access().writes() ? ERROR_WRITE : 0;
    return error | (fault.access() == AccessKind.EXECUTE ? ERROR_FETCH : 0);
  }
}
