package org.pagetrail.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.file.AnyEntries;
import org.pagetrail.store.packed.BlockBuilder;
import org.pagetrail.store.packed.RecordLayouts;

class PackedFoldProperties {
  private static final RecordLayouts LAYOUTS = RecordLayouts.current();
  private static final MachineProjection OBJECTS = new MachineProjection();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bothFoldsKnowTheSameOfEveryPage(long seed) {
    MemoryStory story = new MemoryStory(seed);
    PackedFold fold = new PackedFold(LAYOUTS);
    MachineState objects = OBJECTS.initial();
    try (FoldedState packed = FoldedState.empty()) {
      for (int block = 0; block < 60; block++) {
        List<TrailEntry> entries = story.entries(block * 100L, block < 10 ? 10 : 100);
        for (TrailEntry entry : entries) {
          objects = OBJECTS.apply(objects, entry);
        }
        long first = entries.getFirst().seq();
        fold.fold(packed, first, packed(entries), Long.MAX_VALUE);
        assertAgree(objects, packed, "seed " + seed + ", block " + block);
      }
    }
  }

  private static void assertAgree(MachineState objects, FoldedState packed, String where) {
    List<String> differences = new ArrayList<>();
    for (long page = 0; page < MemoryStory.PAGES + 600 && differences.isEmpty(); page++) {
      differences.addAll(Agreement.differences(objects, packed, new Gfn(page)));
      Hva hva = new Hva((MemoryStory.HOST + page) << 12);
      differences.addAll(Agreement.differences(objects, packed, hva));
    }
    assertThat(differences).as(where).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noTrailIsTooStrangeForIt(long seed) {
    List<LogEntry> any = new AnyEntries(seed).list(0, 3000);
    BlockBuilder builder = new BlockBuilder(LAYOUTS);
    any.forEach(builder::add);
    MemorySegment records = MemorySegment.ofArray(builder.take().records());
    MachineState objects = OBJECTS.initial();
    List<String> differences = new ArrayList<>();
    try (FoldedState packed = FoldedState.empty()) {
      new PackedFold(LAYOUTS).fold(packed, 0, records, Long.MAX_VALUE);
      for (LogEntry entry : any) {
        if (entry instanceof LogEntry.Recorded recorded) {
          objects = OBJECTS.apply(objects, recorded.entry());
        }
      }
      for (var run : objects.host().pages()) {
        differences.addAll(Agreement.differences(objects, packed, new Hva(run.first() << 12)));
      }
      for (var run : objects.stage2().entries()) {
        differences.addAll(Agreement.differences(objects, packed, new Gfn(run.first())));
      }
      assertThat(packed.lastSeq()).isEqualTo(2999);
    }
    assertThat(differences).as("seed %d", seed).isEmpty();
  }

  private static MemorySegment packed(List<TrailEntry> entries) {
    BlockBuilder builder = new BlockBuilder(LAYOUTS);
    entries.forEach(entry -> builder.add(new LogEntry.Recorded(entry)));
    return MemorySegment.ofArray(builder.take().records());
  }
}
