package org.pagetrail.projections.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.slot;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.QemuEvent.RomdModeChanged;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.TrailBuilder;
import org.pagetrail.projections.TrailCut;

class MachineStateTest {
  private static final long FLASH = 0x4000000;
  private static final long HVA = 0x7f0000000000L;

  private final TrailBuilder trail = new TrailBuilder();

  @Test
  void withoutAFlatViewTheSlotsTellWhatTheyCan() {
    trail.observed(
        new RamBlockAllocated("virt.flash1", new ByteSize(0x4000000), new Hva(HVA), null));
    trail.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, HVA));

    FlatView view = state().flatView();

    assertThat(view.fromSlots()).isTrue();
    assertThat(view.ranges())
        .containsExactly(
            new FlatRange(new Gpa(FLASH), new Gpa(0x7ffffff), "virt.flash1", RegionKind.ROMD, 0));
  }

  @Test
  void aCommittedFlatViewCounts() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, HVA));
    long commit = trail.observed(new FlatViewCommitted("memory", List.of(flash(RegionKind.ROMD))));
    trail.observed(new FlatViewCommitted("I/O", List.of()));

    FlatView view = state().flatView();

    assertThat(view.fromSlots()).isFalse();
    assertThat(view.origin().seq()).isEqualTo(commit);
  }

  @Test
  void aDeviceThatLeavesRomdModeIsIoUntilItComesBack() {
    trail.observed(new FlatViewCommitted("memory", List.of(flash(RegionKind.ROMD))));
    trail.observed(new RomdModeChanged("virt.flash1", false));
    assertThat(state().flatView().ranges()).containsExactly(flash(RegionKind.IO));

    trail.observed(new RomdModeChanged("virt.flash1", true));
    assertThat(state().flatView().ranges()).containsExactly(flash(RegionKind.ROMD));
  }

  @Test
  void qemuAloneTellsTheSlotsButKvmsWordCounts() {
    trail.observed(request(1, 0x4000000, 0));
    assertThat(state().slots().all()).hasSize(1);

    trail.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, HVA));
    trail.observed(request(1, 0, 0));
    assertThat(state().slots().all()).hasSize(1);
  }

  @Test
  void aRequestThatQemuSawRefusedIsNoSlot() {
    trail.observed(request(1, 0x4000000, -22));

    assertThat(state().slots().all()).isEmpty();
  }

  @Test
  void aProcessorIsInTheGuestFromItsEntryToItsExit() {
    trail.observed(new VcpuEntered(0, 0x100));
    assertThat(state().guest().vcpus()).containsExactly(new Vcpu(0, 0x100, true, "", 0));

    trail.observed(new VcpuExited(0, "IRQ", 0x104));
    assertThat(state().guest().vcpus()).containsExactly(new Vcpu(0, 0x104, false, "IRQ", 1));
  }

  @Test
  void aHangLastsUntilTheGuestDoesSomethingElse() {
    trail.derived(new GuestStepped(0, "erase block 0x4040000"));
    trail.derived(new GuestHung(0, new Gpa(FLASH), 0, 0x80, 0x80));
    assertThat(state().guest().hang()).isNotNull();

    trail.derived(new GuestReached("shell"));
    assertThat(state().guest().hang()).isNull();
    assertThat(state().guest().milestones()).extracting(Milestone::text).containsExactly("shell");
  }

  @Test
  void whatIsSaidOfTheRunIsKept() {
    trail.observed(new EventsLost("trace.txt", 3));
    trail.observed(new EventsLost("trace.txt", 4));
    trail.observed(new RunEnded("timeout"));

    assertThat(state().run().eventsLost()).isEqualTo(7);
    assertThat(Objects.requireNonNull(state().run().outcome()).text()).isEqualTo("timeout");
  }

  @Test
  void aMomentIsTheLastEntryThatHadHappened() {
    trail.observed(new RunEnded("before any clock"));
    trail.at(100).observed(new VcpuEntered(0, 1));
    trail.at(200).observed(new VcpuEntered(0, 2));

    assertThat(TrailCut.seqAt(trail.entries(), 50)).isEqualTo(OptionalLong.of(0));
    assertThat(TrailCut.seqAt(trail.entries(), 100)).isEqualTo(OptionalLong.of(1));
    assertThat(TrailCut.seqAt(trail.entries(), 199)).isEqualTo(OptionalLong.of(1));
    assertThat(TrailCut.seqAt(trail.entries(), 5000)).isEqualTo(OptionalLong.of(2));
    assertThat(TrailCut.through(trail.entries(), 1)).hasSize(2);
    assertThat(TrailCut.through(trail.entries(), -1)).isEmpty();
    assertThat(TrailCut.through(trail.entries(), Long.MAX_VALUE - 1)).hasSize(3);
  }

  @Test
  void aTrailWithoutAClockHasNoMoments() {
    trail.observed(new RunEnded("x"));

    assertThat(TrailCut.seqAt(trail.entries(), 50)).isEmpty();
  }

  private MachineState state() {
    return new MachineProjection().fold(trail.entries());
  }

  private static FlatRange flash(RegionKind kind) {
    return new FlatRange(new Gpa(FLASH), new Gpa(0x7ffffff), "virt.flash1", kind, 0);
  }

  private static MemslotRequested request(int id, long size, int ret) {
    return new MemslotRequested(
        SlotId.of(id), SlotFlags.READ_ONLY, new Gpa(FLASH), new ByteSize(size), new Hva(HVA), ret);
  }
}
