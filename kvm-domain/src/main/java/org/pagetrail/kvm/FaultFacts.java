package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.stated.Fact;
import org.pagetrail.kvm.model.stated.Facts;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.stated.StatedRule;
import org.pagetrail.kvm.slot.Memslot;

/**
 * What a user may have stated about an entry that is being made, and the facts that it may ask.
 *
 * @param kind what the frame is
 * @param pfnmap it was found through a mapping of page frames
 * @param writable the lookup called it writable
 * @param mapping the monitor's mapping, null where there is none
 * @param write the kernel takes the access for a write
 * @param fetch the access is an instruction fetch
 */
record FaultFacts(
    KernelModel model,
    Machine machine,
    PageKind kind,
    boolean pfnmap,
    boolean writable,
    Memslot slot,
    @Nullable Mapping mapping,
    boolean write,
    boolean fetch) {

  /** The facts of one fault. */
  static FaultFacts of(
      Draft draft,
      PageLookup.Found found,
      Memslot slot,
      @Nullable Mapping mapping,
      boolean write,
      boolean fetch) {
    return new FaultFacts(
        draft.model(),
        draft.state().machine(),
        found.kind(),
        found.pfnmap(),
        found.writable(),
        slot,
        mapping,
        write,
        fetch);
  }

  /** The facts when page frames are mapped as a slot is created: there is no access yet. */
  static FaultFacts atCreation(Draft draft, SetMemslot request, Mapping mapping) {
    return new FaultFacts(
        draft.model(),
        draft.state().machine(),
        mapping.details().frames(),
        true,
        false,
        new Memslot(request.slot(), request.flags(), request.gpa(), request.size(), request.hva()),
        mapping,
        false,
        false);
  }

  /** The decision: as stated, or the kernel's own. */
  boolean decide(StatedDecision decision, boolean own) {
    StatedRule stated = model.stated(decision);
    return stated == null ? own : stated.holds(facts(), own);
  }

  /** The rule by which it is decided: what is stated, or the kernel's own. */
  Rule rule(StatedDecision decision, Rule own) {
    StatedRule stated = model.stated(decision);
    return stated == null ? own : stated;
  }

  /** Whether something is stated that asks the generic predicate. */
  boolean asksPredicate(StatedDecision decision) {
    StatedRule stated = model.stated(decision);
    return stated != null && stated.asks(Fact.MMIO);
  }

  private Facts facts() {
    FrameFacts frame = FrameFacts.of(kind, model.rule(PfnValid.class), pfnmap);
    return Facts.of(frame, kind)
        .with(Fact.VMA_CACHEABLE, mapping == null || mapping.details().cacheable())
        .with(Fact.VMA_ANY_UNCACHED, mapping != null && mapping.details().anyUncached())
        .with(Fact.VMA_WRITE, mapping != null && mapping.perms().write())
        .with(Fact.SLOT_READONLY, slot.flags().isReadOnly())
        .with(Fact.SLOT_LOG, slot.flags().logsDirty())
        .with(Fact.FAULT_WRITE, write)
        .with(Fact.FAULT_FETCH, fetch)
        .with(Fact.WRITABLE, writable)
        .with(Fact.CPU_FWB, machine.fwb())
        .with(Fact.CPU_DIC, machine.dic())
        .with(Fact.MMIO, GenericPredicate.of(model, frame, kind).mmio());
  }
}
