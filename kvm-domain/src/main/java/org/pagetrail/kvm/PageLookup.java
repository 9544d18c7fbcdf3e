package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.ReferenceLeaked;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.host.PageFaults;
import org.pagetrail.kvm.host.Touch;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.lookup.FrameFacts;
import org.pagetrail.kvm.model.lookup.PfnValid;
import org.pagetrail.kvm.model.lookup.ReferenceRelease;
import org.pagetrail.kvm.model.lookup.RemappedPfn;
import org.pagetrail.kvm.model.stated.Fact;
import org.pagetrail.kvm.model.stated.Facts;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.stated.StatedRule;
import org.pagetrail.kvm.slot.Memslot;

/** The way from a guest frame to a host frame: what the slot, the mapping and the page allow. */
final class PageLookup {
  private final Draft draft;

  PageLookup(Draft draft) {
    this.draft = draft;
  }

  /**
   * What a lookup came to.
   *
   * @param pfn the frame, null unless found
   * @param writable whether the guest may write there
   * @param pfnmap whether it was found through a mapping of page frames
   */
  record Found(
      LookupResult result, @Nullable Pfn pfn, PageKind kind, boolean writable, boolean pfnmap) {

    static Found failed(LookupResult result) {
      return new Found(result, null, PageKind.ABSENT, false, false);
    }
  }

  /** Resolves a frame of a slot, faulting the host page in. */
  Found resolve(@Nullable Memslot slot, Gfn gfn, boolean write) {
    if (slot == null) {
      return report(gfn, write, Found.failed(LookupResult.NOSLOT), KvmRule.LOOKUP);
    }
    boolean readOnly = slot.flags().isReadOnly();
    Input slotInput = Input.of("read-only slot", readOnly);
    if (readOnly && write) {
      return report(gfn, true, Found.failed(LookupResult.RO_FAULT), KvmRule.LOOKUP, slotInput);
    }
    Hva hva = slot.hvaOf(gfn.gpa());
    Mapping mapping = draft.host().mappingAt(hva);
    if (mapping != null && mapping.backing() == Backing.PFNMAP) {
      return remapped(gfn, hva, mapping, write, readOnly);
    }
    PageFaults faults = new PageFaults(draft);
    Touch touch = faults.touch(hva, write);
    HostPages page = touch == Touch.DONE ? faults.nameFrame(hva) : null;
    if (page == null) {
      LookupResult result = touch == Touch.POISONED ? LookupResult.HWPOISON : LookupResult.FAULT;
      return report(gfn, write, Found.failed(result), KvmRule.LOOKUP_PAGE, Input.of("host", touch));
    }
    boolean writable = !readOnly && page.writable();
    Found found = new Found(LookupResult.FOUND, page.frame(), page.kind(), writable, false);
    report(
        gfn,
        write,
        found,
        KvmRule.LOOKUP_PAGE,
        slotInput,
        Input.of("page", page.kind()),
        Input.of("host entry writable", page.writable()));
    followReference(found);
    return found;
  }

  /**
   * The lookup took a reference on the page, whether or not the frame gets mapped, and drops it
   * when the fault is done, unless the kernel then takes the frame for something without one.
   */
  private void followReference(Found found) {
    Pfn pfn = found.pfn();
    if (pfn == null) {
      return;
    }
    ReferenceRelease rule = draft.model().rule(ReferenceRelease.class);
    FrameFacts facts = FrameFacts.of(found.kind(), draft.model().rule(PfnValid.class), false);
    GenericPredicate predicate = GenericPredicate.of(draft.model(), facts, found.kind());
    boolean released = rule.isReleased(facts, predicate.mmio());
    StatedRule stated = draft.model().stated(StatedDecision.RELEASE);
    if (stated != null) {
      released =
          stated.holds(Facts.of(facts, found.kind()).with(Fact.MMIO, predicate.mmio()), released);
    }
    if (!released) {
      draft.emit(
          new ReferenceLeaked(pfn, draft.host().leakedReferences(pfn) + 1),
          (stated == null ? rule : stated)
              .cite(
                  Input.of("page", found.kind()),
                  Input.of("generic predicate", predicate.rule().id()),
                  Input.of("mmio", predicate.mmio())));
    }
  }

  private Found remapped(Gfn gfn, Hva hva, Mapping mapping, boolean write, boolean readOnly) {
    RemappedPfn rule = draft.model().rule(RemappedPfn.class);
    if (!rule.readsPageTable()) {
      return computed(gfn, hva, mapping, write, readOnly);
    }
    if (draft.host().pageAt(hva) == null) {
      new PageFaults(draft).touch(hva, write);
    }
    HostPages page = draft.host().pageAt(hva);
    boolean hostWritable = page != null && page.writable();
    Input input = Input.of("host entry writable", hostWritable);
    if (page == null || page.frame() == null) {
      return report(gfn, write, Found.failed(LookupResult.FAULT), rule, input);
    }
    if (rule.refuses(write, hostWritable)) {
      return report(gfn, write, Found.failed(LookupResult.RO_FAULT), rule, input);
    }
    boolean writable = !readOnly && rule.isWritable(write, hostWritable);
    return report(
        gfn,
        write,
        new Found(LookupResult.FOUND, page.frame(), page.kind(), writable, true),
        rule,
        input,
        Input.of("read-only slot", readOnly));
  }

  /** Old kernels compute the frame, and stop with a BUG if it is one of ordinary memory. */
  private Found computed(Gfn gfn, Hva hva, Mapping mapping, boolean write, boolean readOnly) {
    RemappedPfn rule = RemappedPfn.VMA_ARITHMETIC;
    Pfn first = mapping.details().firstFrame();
    PageKind kind = mapping.details().frames();
    FrameFacts facts = FrameFacts.of(kind, draft.model().rule(PfnValid.class), true);
    boolean mmio = GenericPredicate.of(draft.model(), facts, kind).mmio();
    Input input = Input.of("mmio", mmio);
    if (!mmio) {
      draft.decide(new SignalSent("SIGKILL", hva), rule, input);
    }
    if (!mmio || first == null) {
      return report(gfn, write, Found.failed(LookupResult.FAULT), rule, input);
    }
    long page = hva.value() >>> PageSize.BASE_SHIFT;
    return report(
        gfn,
        write,
        new Found(
            LookupResult.FOUND,
            first.plus(page - mapping.origin()),
            kind,
            !readOnly && rule.isWritable(write, false),
            true),
        rule,
        input,
        Input.of("read-only slot", readOnly));
  }

  private Found report(Gfn gfn, boolean write, Found found, Rule rule, Input... inputs) {
    Boolean writable = found.result() == LookupResult.FOUND ? found.writable() : null;
    draft.decide(
        new PfnResolved(gfn, write, found.result(), found.pfn(), found.kind(), writable),
        rule,
        inputs);
    return found;
  }
}
