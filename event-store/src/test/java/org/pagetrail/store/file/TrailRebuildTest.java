package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.BlockMap.Segment;
import org.pagetrail.store.file.TrailRebuild.Outcome;
import org.pagetrail.store.fold.MemoryStory;

class TrailRebuildTest {
  private static final int SHA_256_BYTES = 32;

  private static final List<LogEntry> AFTER = new AnyEntries(1).list(4500, 1);

  @TempDir Path folder;
  private Path trail = Path.of("");

  @BeforeEach
  void writeATrailInThreeSessions() {
    trail = folder.resolve("story.trail");
    MemoryStory story = new MemoryStory(1);
    long next = 0;
    for (int session = 0; session < 3; session++) {
      try (FileTrailLog log = FileTrailLog.append(trail, "story")) {
        Objects.requireNonNull(log.writer()).sealEvery(200);
        for (int i = 0; i < 15; i++) {
          log.append(story.entries(next, 100).stream().map(LogEntry.Recorded::new).toList());
          next += 100;
        }
      }
    }
  }

  private Outcome rebuild(boolean write) {
    return TrailRebuild.rebuild(trail, write, done -> {});
  }

  @Test
  void whatManySessionsWroteIsWhatOneComputes() throws IOException {
    byte[] before = Files.readAllBytes(trail);
    List<Long> progress = new ArrayList<>();

    Outcome outcome = TrailRebuild.rebuild(trail, true, progress::add);

    assertThat(outcome.isSame()).as("%s", outcome).isTrue();
    assertThat(outcome.events()).isEqualTo(4500);
    assertThat(outcome.segments()).isGreaterThan(20);
    assertThat(progress).isSorted().endsWith(4500L);
    assertThat(trail).hasBinaryContent(before);
  }

  @Test
  void aTrailThatIsBeingWrittenIsNotRebuilt() {
    try (FileTrailLog log = FileTrailLog.append(trail, "story")) {
      assertThatThrownBy(() -> rebuild(true))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("writes it");
      log.append(AFTER);
      assertThatThrownBy(() -> rebuild(false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("writes it");
    }
    assertThat(rebuild(false).events()).isEqualTo(4501);
  }

  @Test
  void aTrailThatWasNotClosedIsNotRebuilt() throws IOException {
    byte[] whole = Files.readAllBytes(trail);
    Files.write(trail, Arrays.copyOf(whole, whole.length - 8));
    for (boolean write : new boolean[] {true, false}) {
      assertThatThrownBy(() -> rebuild(write))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the trail was not closed");
    }
  }

  @Test
  void aDamagedCheckpointIsFoundAndWrittenAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(trail);
    flip(placed(7).checkpoint().getLast());

    Outcome looked = rebuild(false);
    assertThat(looked.checkpoints()).containsExactly(7);
    assertThat(looked.indexes()).isEmpty();
    assertThat(trail).satisfies(file -> assertThat(Files.readAllBytes(file)).isNotEqualTo(before));

    assertThat(rebuild(true)).isEqualTo(looked);
    assertThat(trail).hasBinaryContent(before);
    assertThat(rebuild(false).isSame()).isTrue();
  }

  @Test
  void aDamagedIndexIsFoundAndWrittenAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(trail);
    flip(Objects.requireNonNull(placed(3).index()));

    assertThat(rebuild(true).indexes()).containsExactly(3);
    assertThat(trail).hasBinaryContent(before);
  }

  @Test
  void aDamagedSealIsSaidAndWrittenAsItWas() throws IOException {
    byte[] before = Files.readAllBytes(trail);
    flip(Objects.requireNonNull(placed(5).seal()));

    Outcome looked = rebuild(false);
    assertThat(looked.seals()).containsExactly(5);
    assertThat(looked.isSame()).isFalse();
    assertThat(rebuild(true)).isEqualTo(looked);
    assertThat(trail).hasBinaryContent(before);
  }

  @Test
  void noNewSealHidesThatASegmentIsNotTheOneThatItsSealWasMadeFor() throws IOException {
    Placed seal = Objects.requireNonNull(placed(5).seal());
    byte[] changed = Files.readAllBytes(trail);
    int at = Math.toIntExact(seal.offset());
    byte[] digest =
        Arrays.copyOfRange(changed, at + BlockHead.BYTES, at + BlockHead.BYTES + SHA_256_BYTES);
    digest[9] ^= 1;
    BlockHead head = seal.head();
    BlockHead.toBytes(
            head.kind(),
            head.firstSeq(),
            head.count(),
            digest,
            new byte[0],
            head.plainB(),
            head.minTime(),
            head.maxTime(),
            seal.offset())
        .get(changed, at, Math.toIntExact(head.blockBytes()));
    Files.write(trail, changed);

    for (boolean write : new boolean[] {true, false}) {
      assertThatThrownBy(() -> rebuild(write))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("segment 5")
          .hasMessageContaining("the segment is not the one that its seal was made for");
    }
    assertThat(trail).hasBinaryContent(changed);
  }

  @Test
  void anEventThatWasChangedWithItsChecksumIsFoundWhereTheIndexIsDamagedToo() throws IOException {
    Placed block = placed(5).entries().getFirst();
    byte[] changed = Files.readAllBytes(trail);
    BlockHead head = block.head();
    MemorySegment file = MemorySegment.ofArray(changed);
    byte[] a =
        file.asSlice(block.offset() + BlockHead.BYTES, head.bytesA())
            .toArray(ValueLayout.JAVA_BYTE);
    byte[] b =
        file.asSlice(block.offset() + head.offsetB(), head.bytesB()).toArray(ValueLayout.JAVA_BYTE);
    BlockHead.toBytes(
            head.kind(),
            head.firstSeq(),
            head.count(),
            a,
            b,
            head.plainB(),
            head.minTime() - 1,
            head.maxTime(),
            block.offset())
        .get(changed, Math.toIntExact(block.offset()), Math.toIntExact(head.blockBytes()));
    Files.write(trail, changed);
    flip(Objects.requireNonNull(placed(5).index()));
    byte[] before = Files.readAllBytes(trail);

    assertThatThrownBy(() -> rebuild(true))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("segment 5")
        .hasMessageContaining("events were changed together with their checksums, or another");
    assertThat(trail).hasBinaryContent(before);
    assertThat(rebuild(false).indexes()).containsExactly(5);
  }

  private Segment placed(int segment) {
    try (FileTrailLog log = FileTrailLog.open(trail)) {
      return log.reader().segment(segment);
    }
  }

  private void flip(Placed block) throws IOException {
    byte[] bytes = Files.readAllBytes(trail);
    bytes[Math.toIntExact(block.offset()) + BlockHead.BYTES + 9] ^= 1;
    Files.write(trail, bytes);
  }
}
