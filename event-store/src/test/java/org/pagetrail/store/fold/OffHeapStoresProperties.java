package org.pagetrail.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.machine.MachineSnapshot;
import org.pagetrail.projections.ranges.Run;

class OffHeapStoresProperties {
  private static final int BLOCKS = 40;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void stateAndFindingsAreThoseOfAStateOnTheHeap(long seed) {
    MemoryStory story = new MemoryStory(seed);
    FindingsProjection onHeap = new FindingsProjection();
    FindingsState expected = onHeap.initial();
    try (OffHeapStores stores = new OffHeapStores()) {
      FindingsProjection offHeap = new FindingsProjection(stores);
      FindingsState found = offHeap.initial();
      for (int block = 0; block < BLOCKS; block++) {
        for (TrailEntry entry : story.entries(block * 100L, 100)) {
          expected = onHeap.apply(expected, entry);
          found = offHeap.apply(found, entry);
        }
        assertSame(expected, found, "seed " + seed + ", block " + block);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aForkChangesOnItsOwn(long seed) {
    MemoryStory story = new MemoryStory(seed);
    FindingsProjection onHeap = new FindingsProjection();
    try (OffHeapStores stores = new OffHeapStores()) {
      FindingsProjection offHeap = new FindingsProjection(stores);
      FindingsState expected = onHeap.fold(story.entries(0, 500));
      FindingsState found = offHeap.fold(new MemoryStory(seed).entries(0, 500));
      FindingsState expectedFork = expected.fork();
      FindingsState fork = found.fork();
      for (TrailEntry entry : story.entries(500, 500)) {
        expected = onHeap.apply(expected, entry);
        found = offHeap.apply(found, entry);
      }
      for (TrailEntry entry : story.entries(500, 500)) {
        expectedFork = onHeap.apply(expectedFork, entry);
        fork = offHeap.apply(fork, entry);
      }
      assertSame(expected, found, "seed " + seed);
      assertSame(expectedFork, fork, "seed " + seed + ", the fork");
    }
  }

  private static void assertSame(FindingsState expected, FindingsState is, String where) {
    assertThat(List.copyOf(is.machine().stage2().entries()))
        .as(where)
        .isEqualTo(List.<Run<?>>copyOf(expected.machine().stage2().entries()));
    assertThat(List.copyOf(is.machine().host().pages()))
        .as(where)
        .isEqualTo(List.<Run<?>>copyOf(expected.machine().host().pages()));
    assertThat(MachineSnapshot.of(is.machine()))
        .as(where)
        .isEqualTo(MachineSnapshot.of(expected.machine()));
    assertThat(is.findings()).as(where).isEqualTo(expected.findings());
  }
}
