package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2MadeYoung;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Stage2Split;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.store.packed.RecordLayouts;

/** What KVM's events on guest frames do to a state. */
final class KvmSteps {
  private final RecordLayouts layouts;

  private KvmSteps(RecordLayouts layouts) {
    this.layouts = layouts;
  }

  static void addTo(RecordLayouts layouts, BiConsumer<Class<? extends Event>, FoldStep> steps) {
    KvmSteps kvm = new KvmSteps(layouts);
    if (kvm.has(PfnResolved.class)) {
      steps.accept(PfnResolved.class, kvm.resolved());
    }
    if (kvm.has(Stage2Mapped.class)) {
      steps.accept(Stage2Mapped.class, kvm.mapped());
    }
    kvm.addEntryChanges(steps);
    kvm.addRange(
        steps, Stage2Unmapped.class, (stage2, first, end, seq) -> stage2.unmap(first, end));
    kvm.addRange(steps, Stage2WriteProtected.class, Stage2Table::writeProtect);
    kvm.addRange(steps, Stage2Split.class, Stage2Table::split);
  }

  private boolean has(Class<? extends Event> type) {
    return layouts.code(type) >= 0;
  }

  private FoldStep resolved() {
    Field gfnAt = Field.of(layouts, PfnResolved.class, "gfn", "value");
    Field pfnAt = Field.of(layouts, PfnResolved.class, "pfn", "value");
    Field kind = Field.ofConstant(layouts, PfnResolved.class, "kind", Codes.PAGE_KINDS);
    Field writable = Field.of(layouts, PfnResolved.class, "writable");
    return (state, seq, records, at) -> {
      long gfn = gfnAt.frame(records, at);
      state.lookups.add(gfn, seq);
      long pfn = pfnAt.frameOrNone(records, at);
      if (pfn < 0) {
        return;
      }
      state.kinds.learn(pfn, 1, kind.constant(records, at));
      Slot slot = state.slots.atFrame(gfn);
      if (slot != null) {
        int allowed =
            writable.isThere(records, at)
                ? HostWord.writable(writable.truth(records, at))
                : HostWord.WRITABLE_UNKNOWN;
        state.host.resolve(gfn + slot.offset(), pfn, allowed, seq);
      }
    };
  }

  private FoldStep mapped() {
    MappingFields mapping = MappingFields.of(layouts);
    PermsFields perms = PermsFields.of(layouts, Stage2Mapped.class, "perms");
    Field type = Field.ofConstant(layouts, Stage2Mapped.class, "memoryType", Codes.MEMORY_TYPES);
    return (state, seq, records, at) -> {
      if (mapping.failed(records, at)) {
        return;
      }
      long first = mapping.first(records, at);
      long end = mapping.end(records, at);
      long pfn = mapping.pfn().frame(records, at);
      long entry =
          Stage2Word.of(
              pfn,
              end - first,
              mapping.isAligned(records, at),
              perms.bits(records, at),
              type.constant(records, at));
      state.stage2.map(first, end, entry, seq);
      teachHost(state, first, end, pfn, seq);
    };
  }

  /** A mapping tells what the host's pages were when they were looked up. */
  private static void teachHost(FoldedState state, long first, long end, long pfn, long seq) {
    @Nullable Slot slot = state.slots.atFrame(first);
    if (slot != null) {
      long upTo = Math.min(end, slot.endFrame());
      long lookup = state.lookups.latestOf(first, upTo, seq);
      long offset = slot.offset();
      state.host.behindMapping(first + offset, upTo + offset, pfn, lookup, seq);
    }
  }

  private void addEntryChanges(BiConsumer<Class<? extends Event>, FoldStep> steps) {
    if (has(Stage2Relaxed.class)) {
      Field gpa = Field.of(layouts, Stage2Relaxed.class, "gpa", "value");
      PermsFields added = PermsFields.of(layouts, Stage2Relaxed.class, "added");
      Field ret = Field.of(layouts, Stage2Relaxed.class, "ret");
      steps.accept(
          Stage2Relaxed.class,
          (state, seq, records, at) -> {
            if (ret.small(records, at) == 0) {
              state.stage2.relax(gpa.page(records, at), added.bits(records, at), seq);
            }
          });
    }
    if (has(Stage2MadeYoung.class)) {
      Field gpa = Field.of(layouts, Stage2MadeYoung.class, "gpa", "value");
      steps.accept(
          Stage2MadeYoung.class,
          (state, seq, records, at) -> state.stage2.makeYoung(gpa.page(records, at), seq));
    }
  }

  /** A change of the frames from the first to before the end. */
  @FunctionalInterface
  private interface RangeStep {
    void apply(Stage2Table stage2, long first, long end, long seq);
  }

  private void addRange(
      BiConsumer<Class<? extends Event>, FoldStep> steps,
      Class<? extends Event> type,
      RangeStep step) {
    if (has(type)) {
      RangeFields range = RangeFields.of(layouts, type);
      steps.accept(
          type,
          (state, seq, records, at) ->
              step.apply(state.stage2, range.first(records, at), range.end(records, at), seq));
    }
  }

  /** Three truths of a record. */
  private record PermsFields(Field read, Field write, Field execute) {
    static PermsFields of(RecordLayouts layouts, Class<? extends Event> type, String name) {
      return new PermsFields(
          Field.of(layouts, type, name, "read"),
          Field.of(layouts, type, name, "write"),
          Field.of(layouts, type, name, "execute"));
    }

    int bits(MemorySegment records, long at) {
      return (read.truth(records, at) ? Stage2Word.READ : 0)
          | (write.truth(records, at) ? Stage2Word.WRITE : 0)
          | (execute.truth(records, at) ? Stage2Word.EXECUTE : 0);
    }
  }
}
