package org.pagetrail.kvm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.KvmEvent.DirtyLogRead;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Split;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.Mapping;
import org.pagetrail.kvm.model.KvmRule;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.arm.DevicePermission;
import org.pagetrail.kvm.model.slot.InvalidSlot;
import org.pagetrail.kvm.model.slot.IpaLimit;
import org.pagetrail.kvm.model.slot.PfnmapAtCreation;
import org.pagetrail.kvm.model.slot.PfnmapPermission;
import org.pagetrail.kvm.model.slot.SlotCount;
import org.pagetrail.kvm.model.slot.SlotFlush;
import org.pagetrail.kvm.model.slot.SlotLogging;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.x86.EagerSplit;
import org.pagetrail.kvm.run.Run;
import org.pagetrail.kvm.slot.Memslot;

/** Requests of the monitor about memslots and their dirty logs. */
final class SlotRequests {
  private static final int LOG_WORD_PAGES = 64;
  private static final int NO_VCPU = -1;

  private static final GpaRange ALL_GUEST_MEMORY = new GpaRange(new Gpa(0), new ByteSize(1L << 52));

  private final Draft draft;
  private final SlotChecks checks;

  SlotRequests(Draft draft) {
    this.draft = draft;
    this.checks = new SlotChecks(draft.model(), draft.state());
  }

  void set(SetMemslot request) {
    SlotChecks.Verdict verdict = checks.judge(request);
    if (verdict.errno() != 0) {
      report(request, SlotChange.REFUSED, -verdict.errno(), verdict.rule(), verdict.input());
      return;
    }
    Memslot old = draft.state().slots().get(request.slot());
    switch (verdict.change()) {
      case CREATE -> {
        report(request, SlotChange.CREATE, 0, KvmRule.SLOT_CREATED, verdict.input());
        mapPageFrames(request);
      }
      case DELETE -> {
        unmap(Objects.requireNonNull(old));
        report(request, SlotChange.DELETE, 0, KvmRule.SLOT_DELETED, verdict.input());
      }
      case MOVE -> {
        unmap(Objects.requireNonNull(old));
        report(request, SlotChange.MOVE, 0, KvmRule.SLOT_DELETED, verdict.input());
        mapPageFrames(request);
      }
      case FLAGS_ONLY -> changeFlags(request, Objects.requireNonNull(old), verdict);
      case NONE, REFUSED, UNSTATED ->
          report(request, SlotChange.NONE, 0, KvmRule.SLOT_UNCHANGED, verdict.input());
    }
  }

  void readDirtyLog(SlotId id) {
    Memslot slot = draft.state().slots().get(id);
    if (slot == null || !slot.flags().logsDirty()) {
      draft.decide(
          new DirtyLogRead(id, 0, -Errno.ENOENT), KvmRule.DIRTY_LOG_READ, Input.of("slot", id));
      return;
    }
    Collection<Gfn> dirty = draft.state().slots().dirty(id);
    @Nullable GpaRange pending = null;
    for (Gfn gfn : dirty) {
      boolean sameWord = pending != null && word(slot, pending.start().gfn()) == word(slot, gfn);
      if (pending != null && !sameWord) {
        protect(pending);
      }
      Gpa start = pending != null && sameWord ? pending.start() : gfn.gpa();
      pending = GpaRange.between(start, gfn.plus(1).gpa());
    }
    if (pending != null) {
      protect(pending);
    }
    draft.decide(
        new DirtyLogRead(id, dirty.size(), 0), KvmRule.DIRTY_LOG_READ, Input.of("slot", id));
  }

  private void protect(GpaRange range) {
    draft.decide(new Stage2WriteProtected(range), KvmRule.DIRTY_LOG_READ);
  }

  private static long word(Memslot slot, Gfn gfn) {
    return (gfn.value() - slot.gpa().gfn().value()) / LOG_WORD_PAGES;
  }

  private void changeFlags(SetMemslot request, Memslot old, SlotChecks.Verdict verdict) {
    SlotLogging logging = draft.model().rule(SlotLogging.class);
    boolean logOn = request.flags().logsDirty() && !old.flags().logsDirty();
    boolean spared = logging.sparesReadOnlySlots() && old.flags().isReadOnly();
    boolean protects = logOn && !spared;
    Rule rule = logOn ? logging : KvmRule.SLOT_UNCHANGED;
    report(request, SlotChange.FLAGS_ONLY, 0, rule, verdict.input());
    if (protects && splitsEagerly()) {
      draft.decide(new Stage2Split(old.range()), EagerSplit.TDP);
    }
    if (protects) {
      draft.decide(new Stage2WriteProtected(old.range()), logging);
    }
  }

  private boolean splitsEagerly() {
    return draft.model().answers(EagerSplit.class)
        && draft.model().rule(EagerSplit.class) == EagerSplit.TDP
        && draft.state().machine().paging() != Machine.Paging.SHADOW;
  }

  private void unmap(Memslot old) {
    SlotFlush rule = draft.model().rule(SlotFlush.class);
    GpaRange flushed =
        switch (rule) {
          case SLOT, AT_LEAST_SLOT -> old.range();
          case EVERYTHING -> ALL_GUEST_MEMORY;
          case EVERYTHING_UNLESS_ASKED ->
              draft.state().machine().slotZapAll() ? ALL_GUEST_MEMORY : old.range();
        };
    draft.decide(new Stage2Unmapped(flushed), rule, Input.of("slot", old.id()));
  }

  /** Kernels that map devices when the slot is made. */
  private void mapPageFrames(SetMemslot request) {
    PfnmapAtCreation rule = draft.model().rule(PfnmapAtCreation.class);
    if (rule.isUnknown() && isOverPageFrames(request)) {
      draft.decide(new Undecided(NO_VCPU, request.gpa(), rule.text().openQuestion()), rule);
    }
    if (rule == PfnmapAtCreation.NOTHING || rule.isUnknown()) {
      return;
    }
    HvaRange range = new HvaRange(request.hva(), request.size());
    for (Run<Mapping> run : draft.host().mappingsIn(range)) {
      if (run.value().backing() != Backing.PFNMAP) {
        continue;
      }
      Perms perms = arePageFramesWritable(request, run.value()) ? Perms.RW : Perms.R;
      Hva from = new Hva(run.first() << PageSize.BASE_SHIFT);
      HvaRange part = new HvaRange(from, new ByteSize(run.count() << PageSize.BASE_SHIFT));
      for (Run<HostPages> pages : draft.host().pagesIn(part)) {
        long offset = (pages.first() << PageSize.BASE_SHIFT) - request.hva().value();
        if (pages.value().frame() != null) {
          draft.decide(
              new Stage2Mapped(
                  request.gpa().plus(offset),
                  new ByteSize(pages.count() << PageSize.BASE_SHIFT),
                  pages.value().frame(),
                  perms,
                  MemoryType.DEVICE,
                  0),
              rule,
              Input.of("read-only slot", request.flags().isReadOnly()));
        }
      }
    }
  }

  private boolean isOverPageFrames(SetMemslot request) {
    return draft.host().mappingsIn(new HvaRange(request.hva(), request.size())).stream()
        .anyMatch(run -> run.value().backing() == Backing.PFNMAP);
  }

  /** As the slot asks, unless the architecture has a permission of its own for devices. */
  private boolean arePageFramesWritable(SetMemslot request, Mapping mapping) {
    boolean ownPermission =
        draft.model().answers(PfnmapPermission.class)
            && draft.model().answers(DevicePermission.class);
    if (!ownPermission) {
      return !request.flags().isReadOnly();
    }
    return switch (draft.model().rule(PfnmapPermission.class)) {
      case AS_ASKED, RISCV_AS_ASKED -> !request.flags().isReadOnly();
      case DEVICE_DEFAULT ->
          FaultFacts.atCreation(draft, request, mapping)
              .decide(
                  StatedDecision.DEVICE_WRITE,
                  draft.model().rule(DevicePermission.class).isWritable(false));
    };
  }

  private void report(SetMemslot request, SlotChange change, int ret, Rule rule, Input input) {
    List<Input> inputs = new ArrayList<>();
    inputs.add(input);
    IpaLimit archChecks = draft.model().rule(IpaLimit.class);
    if (change != SlotChange.REFUSED && archChecks.isUnknown()) {
      inputs.add(Input.of("checks of the architecture", archChecks.id()));
    }
    SlotCount count = draft.model().rule(SlotCount.class);
    if (change != SlotChange.REFUSED && count.isUnknown()) {
      inputs.add(Input.of("slot count", count.id()));
    }
    if (change == SlotChange.DELETE || change == SlotChange.MOVE) {
      inputs.add(Input.of("vCPU meanwhile", draft.model().rule(InvalidSlot.class).id()));
    }
    draft.decide(
        new MemslotSet(
            request.slot(),
            change,
            request.flags(),
            request.gpa(),
            request.size(),
            request.hva(),
            ret),
        rule,
        inputs.toArray(Input[]::new));
  }
}
