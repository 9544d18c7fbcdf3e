package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.projections.findings.FindingsState;
import org.pagetrail.projections.machine.MachineSnapshot;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.fold.MemoryStory;

class WholeStateProperties {
  private static final FindingsProjection FOLD = new FindingsProjection();
  private static final int ENTRIES = 4000;
  private static final int SEGMENT_ENTRIES = 1000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theMachineAndWhatWasFoundAreToldAtAnyEntryAsTheyWereFolded(long seed) {
    Path file = folder.resolve("story.trail");
    List<TrailEntry> entries = write(file, new MemoryStory(seed), ENTRIES);
    assertThat(TrailRebuild.rebuild(file, true, 0, done -> {}).moments()).hasSize(4);
    SplittableRandom random = new SplittableRandom(seed);
    FindingsState state = FOLD.initial();
    int told = 0;
    try (FileTrailLog log = FileTrailLog.open(file)) {
      for (TrailEntry entry : entries) {
        state = FOLD.apply(state, entry);
        boolean isSealed = (entry.seq() + 2) % SEGMENT_ENTRIES < 3;
        if (random.nextInt(isSealed ? 3 : 600) == 0 || entry.seq() == ENTRIES - 1) {
          Optional<WholeState> whole = log.states().whole(entry.seq());
          String where = "seed " + seed + ", after " + entry.seq();
          if (whole.isPresent()) {
            told++;
            assertThat(differences(whole.get().machine(), MachineSnapshot.of(state.machine())))
                .as(where)
                .isEmpty();
            assertThat(whole.get().findings()).as(where).isEqualTo(state.findings());
          }
        }
      }
    }
    assertThat(told).as("seed %d", seed).isGreaterThan(5);
    assertThat(state.findings()).as("seed %d", seed).isNotEmpty();
  }

  /** The components in which the two differ, the lists by their first difference. */
  private static List<String> differences(MachineSnapshot is, MachineSnapshot expected) {
    List<String> differences = new ArrayList<>();
    for (RecordComponent component : MachineSnapshot.class.getRecordComponents()) {
      try {
        Object one = component.getAccessor().invoke(is);
        Object other = component.getAccessor().invoke(expected);
        if (one instanceof List<?> list && other instanceof List<?> others) {
          for (int i = 0; i < Math.min(list.size(), others.size()); i++) {
            if (!list.get(i).equals(others.get(i))) {
              differences.add(component.getName() + ": " + list.get(i) + " not " + others.get(i));
              break;
            }
          }
          one = list.size();
          other = others.size();
        }
        if (!Objects.equals(one, other)) {
          differences.add(component.getName() + ": " + one + " not " + other);
        }
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return differences;
  }

  @Test
  void aTrailThatWasNotRebuiltDoesNotTellIt() {
    Path file = folder.resolve("story.trail");
    write(file, new MemoryStory(7), 3000);
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.states().whole(2999)).isEmpty();
      assertThat(log.states().whole(-1)).isEmpty();
    }
  }

  @Test
  void whatWasAppendedSinceIsNotTold() {
    Path file = folder.resolve("story.trail");
    write(file, new MemoryStory(8), 2000);
    TrailRebuild.rebuild(file, true, 0, done -> {});
    try (FileTrailLog log = FileTrailLog.append(file, "story")) {
      log.append(
          new MemoryStory(9).entries(2000, 100).stream().map(LogEntry.Recorded::new).toList());
    }
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.states().whole(2050)).isEmpty();
      assertThat(log.states().whole(1999)).isPresent();
    }
  }

  @Test
  void whatIsStoredIsComparedAndOnlyWrittenWhereItDiffers() {
    Path file = folder.resolve("story.trail");
    write(file, new MemoryStory(10), 3000);
    assertThat(TrailRebuild.rebuild(file, true, 0, done -> {}).isSame()).isFalse();
    assertThat(TrailRebuild.rebuild(file, true, 0, done -> {}).isSame()).isTrue();
  }

  @Test
  void aTrailWithMessagesOfAnotherApplicationIsRebuiltOnceAndTellsNothing() {
    Path file = folder.resolve("any.trail");
    try (FileTrailLog log = FileTrailLog.append(file, "any")) {
      log.append(new AnyEntries(3).list(0, 200));
    }
    assertThat(TrailRebuild.rebuild(file, true, 0, done -> {}).isSame()).isFalse();
    assertThat(TrailRebuild.rebuild(file, true, 0, done -> {}).isSame()).isTrue();
    try (FileTrailLog log = FileTrailLog.open(file)) {
      assertThat(log.states().whole(199)).isEmpty();
    }
  }

  @Test
  void aPartOfAnotherReleaseIsNotUsed() throws MomentParts.OtherForm {
    byte[] other = MomentParts.toBytes(new MomentParts.Changes(List.of()));
    assertThat(MomentParts.read(other, MomentParts.Changes.class).changes()).isEmpty();
    assertThatThrownBy(() -> MomentParts.read(other, WholeState.class))
        .isInstanceOf(MomentParts.OtherForm.class);
  }

  /** A trail of several segments. */
  private static List<TrailEntry> write(Path file, MemoryStory story, int count) {
    List<TrailEntry> all = new ArrayList<>();
    try (FileTrailLog log = FileTrailLog.append(file, "story")) {
      Objects.requireNonNull(log.writer()).sealEvery(SEGMENT_ENTRIES);
      while (all.size() < count) {
        List<TrailEntry> more = story.entries(all.size(), 100);
        log.append(more.stream().map(LogEntry.Recorded::new).toList());
        all.addAll(more);
      }
    }
    return all;
  }
}
