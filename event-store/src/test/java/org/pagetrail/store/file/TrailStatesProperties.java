package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.fold.Agreement;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.MemoryStory;

class TrailStatesProperties {
  private static final MachineProjection OBJECTS = new MachineProjection();
  private static final int ENTRIES = 6000;
  private static final int SEGMENT_ENTRIES = 500;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aStateIsRestoredAtAnyEntryAsItWasFolded(long seed) {
    Path file = folder.resolve("story.trail");
    List<TrailEntry> entries = write(file, seed);
    SplittableRandom random = new SplittableRandom(seed);
    MachineState objects = OBJECTS.initial();
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.reader().segments()).isGreaterThan(10);
      for (TrailEntry entry : entries) {
        objects = OBJECTS.apply(objects, entry);
        boolean isSealed = entry.seq() % SEGMENT_ENTRIES > SEGMENT_ENTRIES - 3;
        if (random.nextInt(isSealed ? 4 : 300) == 0) {
          assertRestored(log, objects, seed);
        }
      }
      assertRestored(log, objects, seed);
    }
  }

  private static void assertRestored(FileTrailLog log, MachineState objects, long seed) {
    List<String> differences = new ArrayList<>();
    try (FoldedState state = log.states().at(objects.lastSeq())) {
      assertThat(state.lastSeq()).isEqualTo(objects.lastSeq());
      for (long page = 0; page < MemoryStory.PAGES + 600 && differences.isEmpty(); page++) {
        differences.addAll(Agreement.differences(objects, state, new Gfn(page)));
        Hva hva = new Hva((MemoryStory.HOST + page) << 12);
        differences.addAll(Agreement.differences(objects, state, hva));
      }
    }
    assertThat(differences).as("seed %d, after %d", seed, objects.lastSeq()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 8})
  void onePageIsToldWithoutTheOthersAsTheWholeStateTellsIt(long seed) {
    Path file = folder.resolve("story.trail");
    List<TrailEntry> entries = write(file, seed);
    SplittableRandom random = new SplittableRandom(seed);
    MachineState objects = OBJECTS.initial();
    int known = 0;
    try (FileTrailLog log = FileTrailLog.open(file)) {
      for (TrailEntry entry : entries) {
        objects = OBJECTS.apply(objects, entry);
        if (random.nextInt(20) == 0) {
          for (int i = 0; i < 20; i++) {
            Gfn gfn = new Gfn(random.nextLong(MemoryStory.PAGES));
            var expected = Agreement.page(objects, gfn);
            assertThat(log.states().page(gfn, entry.seq()))
                .as("seed %d, %s after %d", seed, gfn, entry.seq())
                .isEqualTo(expected);
            known += expected.host() == null || expected.stage2() == null ? 0 : 1;
          }
        }
      }
    }
    assertThat(known).isGreaterThan(500);
  }

  /** A trail of several sessions and many segments. */
  private static List<TrailEntry> write(Path file, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MemoryStory story = new MemoryStory(seed);
    List<TrailEntry> all = new ArrayList<>();
    for (int session = 1; session <= 3; session++) {
      try (FileTrailLog log = FileTrailLog.append(file, "story")) {
        Objects.requireNonNull(log.writer()).sealEvery(SEGMENT_ENTRIES);
        while (all.size() < ENTRIES * session / 3) {
          List<TrailEntry> more = story.entries(all.size(), 1 + random.nextInt(100));
          log.append(more.stream().map(LogEntry.Recorded::new).toList());
          all.addAll(more);
        }
      }
    }
    return all;
  }
}
