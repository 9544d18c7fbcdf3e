package org.pagetrail.qemu;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Input;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.ViewRange;
import org.pagetrail.qemu.slot.DirtyLogging;
import org.pagetrail.qemu.slot.DirtyMasks;
import org.pagetrail.qemu.slot.FlagsRule;
import org.pagetrail.qemu.slot.LowestFreeIndex;
import org.pagetrail.qemu.slot.Section;
import org.pagetrail.qemu.slot.Slot;
import org.pagetrail.qemu.slot.SlotRequest;
import org.pagetrail.qemu.slot.SlotTable;

/** The listener that keeps KVM's memslots in step with a flat view. */
final class Memslots {
  private final Draft draft;

  Memslots(Draft draft) {
    this.draft = draft;
  }

  void add(int kvmAddressSpace, ViewRange range) {
    Section section = section(range);
    if (section != null) {
      SlotTable table = draft.state().slots(kvmAddressSpace);
      ask(
          kvmAddressSpace,
          range,
          draft.model().slots().add(table, section, draft.state().machine().kvm().hostPage()));
    }
  }

  void remove(int kvmAddressSpace, ViewRange range) {
    Section section = section(range);
    if (section != null) {
      SlotTable table = draft.state().slots(kvmAddressSpace);
      ask(
          kvmAddressSpace,
          range,
          draft.model().slots().remove(table, section, draft.state().machine().kvm().hostPage()));
    }
  }

  void updateFlags(int kvmAddressSpace, ViewRange range) {
    Section section = section(range);
    if (section != null) {
      SlotTable table = draft.state().slots(kvmAddressSpace);
      ask(
          kvmAddressSpace,
          range,
          draft
              .model()
              .slots()
              .updateFlags(table, section, draft.state().machine().kvm().hostPage()));
    }
  }

  /** Sets every slot again with the flag that the switch adds or takes. */
  void setAllAgain() {
    for (int kvmAddressSpace : List.copyOf(draft.state().slots().keySet())) {
      for (Slot slot : List.copyOf(draft.state().slots(kvmAddressSpace).slots())) {
        SlotFlags flags = slot.flags().withLogDirty(draft.state().machine().dirtyLogging());
        draft.add(
            new MemslotRequested(
                new SlotId(kvmAddressSpace, slot.index()),
                flags,
                slot.gpa(),
                slot.size(),
                slot.hva(),
                0),
            DirtyLogging.SWITCH.rule());
      }
    }
  }

  /** The range as the listener sees it; null if it never has a slot. */
  private @Nullable Section section(ViewRange range) {
    QemuState state = draft.state();
    Region region = state.tree().get(range.region());
    RamBlockAllocated block = state.blocks().get(region.id());
    boolean romDevice = region.kind() == RegionType.ROM_DEVICE;
    if (block == null
        || !(region.isRam() || (romDevice && state.machine().kvm().readOnlyMemory()))) {
      return null;
    }
    Hva hva = block.hva().plus(range.offset().low());
    boolean mapped = region.isRam() || region.isRomd();
    return new Section(range.start(), range.size(), hva, mapped, flags(region));
  }

  private SlotFlags flags(Region region) {
    QemuState state = draft.state();
    DirtyLogging rule = draft.model().dirtyLogging();
    boolean switchedOn = rule == DirtyLogging.SWITCH && state.machine().dirtyLogging();
    boolean logs =
        switchedOn || DirtyMasks.of(rule, state.machine().dirtyLogging()).of(region) != 0;
    boolean readOnly =
        (region.is(Mark.READ_ONLY) || region.isRomd()) && state.machine().kvm().readOnlyMemory();
    return new SlotFlags((logs ? SlotFlags.LOG_DIRTY : 0) | (readOnly ? SlotFlags.READONLY : 0));
  }

  private void ask(int kvmAddressSpace, ViewRange range, List<SlotRequest> requests) {
    for (SlotRequest request : requests) {
      if (draft.state().machine().exited()) {
        return;
      }
      Slot slot = request.slot();
      if (slot.index() >= draft.state().machine().kvm().slots()) {
        draft.add(
            new MonitorExited("kvm_alloc_slot: no free slot available"), LowestFreeIndex.RULE);
        continue;
      }
      draft.add(
          new MemslotRequested(
              new SlotId(kvmAddressSpace, slot.index()),
              slot.flags(),
              slot.gpa(),
              slot.size(),
              slot.hva(),
              request.ret()),
          request.rule(),
          Input.of("region", range.region()),
          Input.of("range", range.start() + "+" + range.size()),
          Input.of("flags rule", FlagsRule.RULE.id()));
    }
  }
}
