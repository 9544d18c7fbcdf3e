package org.pagetrail.projections.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.relaxed;
import static org.pagetrail.projections.Events.slot;
import static org.pagetrail.projections.Events.slotGone;
import static org.pagetrail.projections.Events.unmapped;
import static org.pagetrail.projections.Events.writeProtected;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Stage2Split;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.projections.Events;
import org.pagetrail.projections.TrailBuilder;

class Stage2Test {
  private static final long BLOCK = 0x200000;
  private static final long RAM = 0x40000000L;

  private final TrailBuilder trail = new TrailBuilder();

  @Test
  void aMappingThatFailedIsNotThere() {
    trail.observed(mapped(RAM, 0x1000, 0x100, Perms.RW, MemoryType.NORMAL, -12));
    trail.observed(mapped(RAM, 0x1000, 0x100, Perms.RW, MemoryType.NORMAL, -11));

    assertThat(at(RAM)).isNull();
  }

  @Test
  void aMappingThatFailedLeavesWhatWasThere() {
    trail.observed(mapped(RAM, 0x100, Perms.R, MemoryType.NORMAL));
    trail.observed(mapped(RAM, 0x1000, 0x100, Perms.RW, MemoryType.NORMAL, -11));

    assertThat(mappingAt(RAM).perms()).isEqualTo(Perms.R);
  }

  @Test
  void aBlockMapsEveryPageItCovers() {
    trail.observed(mapped(RAM, BLOCK, 0x80000, Perms.RW, MemoryType.NORMAL, 0));

    Stage2Entry last = mappingAt(RAM + BLOCK - 1);
    assertThat(last.pfn()).isEqualTo(new Pfn(0x80000 + 511));
    assertThat(last.isBlock()).isTrue();
    assertThat(at(RAM + BLOCK)).isNull();
  }

  @Test
  void unmappingOnePageOfABlockTakesTheWholeBlock() {
    trail.observed(mapped(RAM, BLOCK, 0x80000, Perms.RW, MemoryType.NORMAL, 0));
    trail.observed(unmapped(RAM + 0x5000, 0x1000));

    assertThat(state().stage2().entries()).isEmpty();
  }

  @Test
  void aSplitBlockIsUnmappedPageByPage() {
    trail.observed(mapped(RAM, BLOCK, 0x80000, Perms.RW, MemoryType.NORMAL, 0));
    trail.observed(new Stage2Split(Events.range(RAM, BLOCK)));
    trail.observed(unmapped(RAM + 0x5000, 0x1000));

    assertThat(at(RAM + 0x5000)).isNull();
    assertThat(mappingAt(RAM + 0x6000).pfn()).isEqualTo(new Pfn(0x80006));
    assertThat(mappingAt(RAM + 0x6000).isBlock()).isFalse();
  }

  @Test
  void aPageMappedIntoABlockReplacesTheWholeBlock() {
    trail.observed(mapped(RAM, BLOCK, 0x80000, Perms.R, MemoryType.NORMAL, 0));
    trail.observed(mapped(RAM + 0x5000, 0x99, Perms.RW, MemoryType.NORMAL));

    assertThat(mappingAt(RAM + 0x5000).pfn()).isEqualTo(new Pfn(0x99));
    assertThat(state().stage2().entries()).hasSize(1);
  }

  @Test
  void aBlockMappedOverPagesReplacesThemAll() {
    trail.observed(mapped(RAM, 0x1, Perms.RW, MemoryType.NORMAL));
    trail.observed(mapped(RAM + 0x1ff000, 0x2, Perms.RW, MemoryType.NORMAL));
    trail.observed(mapped(RAM, BLOCK, 0x80000, Perms.RW, MemoryType.NORMAL, 0));

    assertThat(state().stage2().entries()).hasSize(1);
    assertThat(mappingAt(RAM + 0x1ff000).pfn()).isEqualTo(new Pfn(0x801ff));
  }

  @Test
  void aRangeThatIsNoBlockIsMappedByPagesAndUnmapsByPages() {
    trail.observed(mapped(RAM, 0x3000, 0x10, Perms.RW, MemoryType.DEVICE, 0));
    trail.observed(unmapped(RAM + 0x1000, 0x1000));

    assertThat(at(RAM + 0x1000)).isNull();
    assertThat(mappingAt(RAM + 0x2000).pfn()).isEqualTo(new Pfn(0x12));
  }

  @Test
  void relaxingAddsPermissionsAndRemembersWhen() {
    long map = trail.observed(mapped(RAM, 0x10, Perms.R, MemoryType.NORMAL));
    long relax = trail.observed(relaxed(RAM + 0x123, Perms.RW));

    Stage2Entry entry = mappingAt(RAM);
    assertThat(entry.perms()).isEqualTo(Perms.RW);
    assertThat(entry.mapped().seq()).isEqualTo(map);
    assertThat(entry.changes()).extracting(Origin::seq).containsExactly(relax);
  }

  @Test
  void relaxingThatFailedChangesNothing() {
    trail.observed(mapped(RAM, 0x10, Perms.R, MemoryType.NORMAL));
    trail.observed(new Stage2Relaxed(new Gpa(RAM), Perms.RW, -11));

    assertThat(mappingAt(RAM).perms()).isEqualTo(Perms.R);
  }

  @Test
  void writeProtectingASlotTakesWriteFromWhatIsMappedInIt() {
    trail.observed(mapped(RAM, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(mapped(RAM + 0x8000, 0x11, Perms.RWX, MemoryType.NORMAL));
    trail.observed(writeProtected(RAM, 0x8000));

    assertThat(mappingAt(RAM).perms()).isEqualTo(Perms.R);
    assertThat(mappingAt(RAM + 0x8000).perms()).isEqualTo(Perms.RWX);
  }

  @Test
  void deletingASlotUnmapsItEvenIfTheTraceHasNoUnmap() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, 0x4000000, 0x4000000, 0x7f0000000000L));
    trail.observed(mapped(0x4000000, 0x40a87, Perms.R, MemoryType.NORMAL));
    trail.observed(mapped(0x8000000, 0x40a88, Perms.R, MemoryType.NORMAL));
    trail.observed(slotGone(1, 0, 0));

    assertThat(at(0x4000000)).isNull();
    assertThat(at(0x8000000)).isNotNull();
    assertThat(state().slots().all()).isEmpty();
  }

  @Test
  void aSlotCreatedAgainStartsWithNothingMapped() {
    trail.observed(slot(1, SlotFlags.READ_ONLY, 0x4000000, 0x4000000, 0x7f0000000000L));
    trail.observed(mapped(0x4000000, 0x40a87, Perms.R, MemoryType.NORMAL));
    trail.observed(slotGone(1, 0, 0));
    long again =
        trail.observed(slot(1, SlotFlags.READ_ONLY, 0x4000000, 0x4000000, 0x7f0000000000L));

    assertThat(at(0x4000000)).isNull();
    assertThat(state().slots().all()).extracting(s -> s.set().seq()).containsExactly(again);
  }

  @Test
  void movingASlotUnmapsItsOldRange() {
    trail.observed(slot(1, SlotFlags.NONE, 0x4000000, 0x4000000, 0x7f0000000000L));
    trail.observed(mapped(0x4000000, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(
        slot(1, SlotChange.UNSTATED, SlotFlags.NONE, 0x8000000, 0x4000000, 0x7f0000000000L, 0));

    assertThat(at(0x4000000)).isNull();
    assertThat(state().slots().at(new Gpa(0x8000000))).isNotNull();
    assertThat(state().slots().at(new Gpa(0x4000000))).isNull();
  }

  @Test
  void aRefusedSlotRequestChangesNothing() {
    trail.observed(slot(1, SlotFlags.NONE, 0x4000000, 0x4000000, 0x7f0000000000L));
    trail.observed(mapped(0x4000000, 0x10, Perms.RW, MemoryType.NORMAL));
    trail.observed(slot(1, SlotChange.UNSTATED, SlotFlags.READ_ONLY, 0x4000000, 0x4000000, 0, -22));
    trail.observed(slot(1, SlotChange.REFUSED, SlotFlags.NONE, 0x4000000, 0, 0, 0));

    assertThat(state().slots().all()).extracting(Memslot::flags).containsExactly(SlotFlags.NONE);
    assertThat(at(0x4000000)).isNotNull();
  }

  @Test
  void anEntryRemembersTheNotifierCallThatNoUnmapFollowed() {
    trail.observed(slot(1, SlotFlags.NONE, RAM, 0x400000, 0x7f0000000000L));
    trail.observed(mapped(RAM + 0x3000, 0x10, Perms.RW, MemoryType.NORMAL));
    long call = trail.observed(Events.invalidated(0x7f0000003000L, 0x1000));

    assertThat(mappingAt(RAM + 0x3000).invalidated()).isEqualTo(call);
  }

  @Test
  void alikeNeighboursPrintAsOneRange() {
    for (int page = 0; page < 32; page++) {
      trail.observed(mapped(RAM + page * 0x1000L, 0x100 + page, Perms.RW, MemoryType.NORMAL));
    }
    for (int page = 32; page < 36; page++) {
      trail.observed(mapped(RAM + page * 0x1000L, 0x900 - page * 3, Perms.RW, MemoryType.NORMAL));
    }
    trail.observed(mapped(RAM + 0x24000, 0x300, Perms.R, MemoryType.NORMAL));

    List<Stage2Range> ranges = Stage2Range.of(state().stage2().entries());

    assertThat(ranges).extracting(Stage2Range::pages).containsExactly(32L, 4L, 1L);
    assertThat(ranges).extracting(Stage2Range::isScattered).containsExactly(false, true, false);
    assertThat(ranges.getFirst().first()).isEqualTo(new Pfn(0x100));
  }

  private MachineState state() {
    return new MachineProjection().fold(trail.entries());
  }

  private @Nullable Stage2Entry at(long gpa) {
    return state().stage2().at(new Gpa(gpa));
  }

  private Stage2Entry mappingAt(long gpa) {
    Stage2Entry entry = at(gpa);
    assertThat(entry).as("the mapping at 0x%x", gpa).isNotNull();
    return Objects.requireNonNull(entry);
  }
}
