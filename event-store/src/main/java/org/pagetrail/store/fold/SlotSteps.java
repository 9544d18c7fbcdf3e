package org.pagetrail.store.fold;

import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.store.packed.DamagedBlock;
import org.pagetrail.store.packed.RecordLayouts;

/** What requests for memslots do to a state. */
final class SlotSteps {
  private SlotSteps() {}

  static void addTo(RecordLayouts layouts, BiConsumer<Class<? extends Event>, FoldStep> steps) {
    if (layouts.code(MemslotSet.class) >= 0) {
      steps.accept(MemslotSet.class, set(layouts));
    }
    if (layouts.code(MemslotRequested.class) >= 0) {
      steps.accept(MemslotRequested.class, requested(layouts));
    }
  }

  private static FoldStep set(RecordLayouts layouts) {
    Request request = Request.of(layouts, MemslotSet.class);
    Field changeAt = Field.ofConstant(layouts, MemslotSet.class, "change", Codes.SLOT_CHANGES);
    return (state, seq, records, at) -> {
      state.slots.heardKvm();
      SlotChange change = Codes.SLOT_CHANGES.get(changeAt.constant(records, at));
      if (request.isRefused(records, at)
          || change == SlotChange.REFUSED
          || change == SlotChange.NONE) {
        return;
      }
      request.apply(state, seq, records, at, change == SlotChange.DELETE);
    };
  }

  private static FoldStep requested(RecordLayouts layouts) {
    Request request = Request.of(layouts, MemslotRequested.class);
    return (state, seq, records, at) -> {
      if (!state.slots.saidByKvm() && !request.isRefused(records, at)) {
        request.apply(state, seq, records, at, false);
      }
    };
  }

  /** What both records of a request have. */
  private record Request(
      Field addressSpace, Field id, Field flags, Field gpa, Field size, Field hva, Field ret) {
    static Request of(RecordLayouts layouts, Class<? extends Event> type) {
      return new Request(
          Field.of(layouts, type, "slot", "addressSpace"),
          Field.of(layouts, type, "slot", "id"),
          Field.of(layouts, type, "flags", "bits"),
          Field.of(layouts, type, "gpa", "value"),
          Field.of(layouts, type, "size", "bytes"),
          Field.of(layouts, type, "hva", "value"),
          Field.of(layouts, type, "ret"));
    }

    boolean isRefused(MemorySegment records, long at) {
      return ret.small(records, at) != 0;
    }

    void apply(FoldedState state, long seq, MemorySegment records, long at, boolean deletes) {
      @Nullable Slot gone =
          state.slots.set(
              slot(records, at),
              new SlotFlags(flags.small(records, at)),
              new Gpa(gpa.number(records, at)),
              new ByteSize(deletes ? 0 : size.bytes(records, at)),
              new Hva(hva.number(records, at)),
              seq);
      if (gone != null && gone.id().addressSpace() == 0) {
        state.stage2.unmap(gone.firstFrame(), gone.endFrame());
      }
    }

    private SlotId slot(MemorySegment records, long at) {
      try {
        return new SlotId(addressSpace.small(records, at), id.small(records, at));
      } catch (IllegalArgumentException e) {
        throw new DamagedBlock(String.valueOf(e.getMessage()));
      }
    }
  }
}
