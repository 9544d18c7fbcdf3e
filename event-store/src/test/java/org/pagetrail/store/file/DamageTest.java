package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.file.BlockHead.Kind;
import org.pagetrail.store.file.BlockMap.Placed;
import org.pagetrail.store.file.TrailRepair.Outcome;

/** A closed trail that was cut or changed is told from a whole one, and what is left is saved. */
class DamageTest {
  private static final String REMEDY =
      "save what is left with: pagetrail repair small.trail -o FILE";
  private static final int REPAIRS = 150;
  private static final byte[] WHOLE = SmallTrail.BYTES;

  @TempDir Path folder;

  @Test
  void theWholeTrailIsWhole() {
    assertThat(trouble(WHOLE)).isNull();
    TrailReader reader = new TrailReader(SmallTrail.NAME, MemorySegment.ofArray(WHOLE));
    assertThat(reader.read(0)).toIterable().isEqualTo(SmallTrail.ENTRIES);
    assertThat(reader.segments()).isEqualTo(5);
  }

  @Test
  void aTrailCutAnywhereIsNotTakenForAWholeOne() {
    int head = SmallTrail.headBytes();
    int cuts = 0;
    for (int length = 0; length < WHOLE.length; length++) {
      StoreException trouble = trouble(Arrays.copyOf(WHOLE, length));
      if (isEndOfFirstSession(length)) {
        continue; // What is left is the trail as the first writer closed it.
      }
      cuts++;
      assertThat(trouble).as("cut to %d bytes", length).isNotNull();
      if (length >= head) {
        assertThat(trouble)
            .as("cut to %d bytes", length)
            .hasMessageMatching("small.trail, segment \\d, byte \\d+: damaged: .*")
            .hasMessageContaining(REMEDY);
      }
    }
    assertThat(cuts).isEqualTo(WHOLE.length - 1);
  }

  private static boolean isEndOfFirstSession(long length) {
    return length == FIRST_SESSION;
  }

  private static final String REMEDY_OF_COMPUTED =
      "compute it anew with: pagetrail rebuild small.trail";

  private static final long FIRST_SESSION =
      SmallTrail.blocks().stream()
          .filter(block -> block.head().kind() == Kind.END)
          .findFirst()
          .orElseThrow()
          .end();

  @Test
  void aBitThatFlippedAnywhereIsNoticed() {
    int head = SmallTrail.headBytes();
    byte[] bytes = WHOLE.clone();
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      StoreException trouble = trouble(bytes);
      assertThat(trouble).as("bit %d of byte %d", bit % 8, bit / 8).isNotNull();
      if (bit / 8 >= head) {
        assertThat(trouble)
            .as("bit %d of byte %d", bit % 8, bit / 8)
            .hasMessageMatching("small.trail, segment \\d, byte \\d+: damaged: .*")
            .hasMessageContaining(isComputed(bit / 8) ? REMEDY_OF_COMPUTED : REMEDY);
      }
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  /** True of a byte of an index, a checkpoint or a seal that is not one of the block's head. */
  private static boolean isComputed(int at) {
    Placed block = SmallTrail.blockAt(at);
    return block.head().kind() != Kind.ENTRIES && at >= block.offset() + BlockHead.BYTES;
  }

  /** What is wrong, found as a user finds it: on opening, on asking for the end, or on a check. */
  private static @Nullable StoreException trouble(byte[] bytes) {
    try {
      TrailReader reader = new TrailReader(SmallTrail.NAME, MemorySegment.ofArray(bytes));
      reader.requireWhole();
      reader.verify();
      return null;
    } catch (StoreException e) {
      return e;
    }
  }

  @Test
  void repairOfAWholeTrailCopiesIt() throws IOException {
    Outcome outcome = repair(WHOLE, SmallTrail.ENTRIES.size());
    assertThat(outcome.wasWhole()).isTrue();
    assertThat(outcome.bytes()).isEqualTo(WHOLE.length);
    assertThat(folder.resolve("saved.trail")).hasBinaryContent(WHOLE);
  }

  @Test
  void repairSavesEveryEventBeforeACut() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    int head = SmallTrail.headBytes();
    for (int i = 0; i < REPAIRS; i++) {
      int length = random.nextInt(head, WHOLE.length);
      Outcome outcome = repair(Arrays.copyOf(WHOLE, length), SmallTrail.entriesBefore(length));
      assertThat(outcome.wasWhole()).isEqualTo(isEndOfFirstSession(length));
      assertThat(outcome.bytes() + outcome.bytesLost()).isEqualTo(length);
    }
  }

  @Test
  void repairSavesEveryEventBeforeADamageAndNoneIsLostWithAnIndex() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    int head = SmallTrail.headBytes();
    for (int i = 0; i < REPAIRS; i++) {
      int at = random.nextInt(head, WHOLE.length);
      byte[] bytes = WHOLE.clone();
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Placed block = SmallTrail.blockAt(at);
      boolean isEntries = block.head().kind() == Kind.ENTRIES;
      int saved = isEntries ? Math.toIntExact(block.head().firstSeq()) : SmallTrail.ENTRIES.size();
      Outcome outcome = repair(bytes, saved);
      assertThat(outcome.wasWhole()).as("byte %d", at).isFalse();
      assertThat(outcome.damages().getFirst().offset()).as("byte %d", at).isEqualTo(block.offset());
      if (isEntries) {
        assertThat(outcome.eventsLost()).isEqualTo(SmallTrail.ENTRIES.size() - saved);
        assertThat(outcome.bytesLost()).isEqualTo(WHOLE.length - block.offset());
      }
    }
  }

  private Outcome repair(byte[] damaged, int saved) throws IOException {
    Path input = Files.write(folder.resolve("damaged.trail"), damaged);
    Path output = folder.resolve("saved.trail");
    Outcome outcome = TrailRepair.repair(input, output);
    assertThat(outcome.events()).isEqualTo(saved);
    assertThat(input).hasBinaryContent(damaged);
    try (FileTrailLog log = FileTrailLog.open(output)) {
      log.reader().requireWhole();
      log.reader().verify();
      List<LogEntry> found = new ArrayList<>();
      log.read(0).forEachRemaining(found::add);
      assertThat(found.subList(0, saved)).isEqualTo(SmallTrail.ENTRIES.subList(0, saved));
      assertThat(found.subList(saved, found.size())).isEqualTo(loss(outcome));
      assertThat(log.states().page(new Gfn(0), log.size() - 1)).isNotNull();
    }
    return outcome;
  }

  /** What a repaired trail ends with: one event that names the damaged one, if more may follow. */
  private static List<LogEntry> loss(Outcome outcome) {
    boolean notClosed =
        outcome.damages().stream().anyMatch(damage -> damage.why().contains("not closed"));
    if (outcome.bytesLost() == 0 && !notClosed) {
      return List.of();
    }
    return List.of(
        new LogEntry.Recorded(
            new TrailEntry(
                outcome.events(),
                null,
                Standing.OBSERVED,
                new EventsLost("damaged.trail", 0),
                List.of(),
                null,
                new Source("damaged.trail", 1, outcome.bytes()))));
  }

  @Test
  void repairNeverWritesOverTheDamagedTrail() throws IOException {
    Path input = Files.write(folder.resolve("damaged.trail"), Arrays.copyOf(WHOLE, 30_000));
    Path link = Files.createSymbolicLink(folder.resolve("link.trail"), input);
    for (Path output : List.of(input, link, folder.resolve("./damaged.trail"))) {
      assertThatCode(() -> TrailRepair.repair(input, output))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it is the damaged trail itself");
    }
    assertThat(input).hasBinaryContent(Arrays.copyOf(WHOLE, 30_000));
  }

  @Test
  void withoutItsHeadATrailCannotBeRepaired() throws IOException {
    byte[] bytes = WHOLE.clone();
    bytes[100] ^= 1;
    Path input = Files.write(folder.resolve("damaged.trail"), bytes);
    assertThatCode(() -> TrailRepair.repair(input, folder.resolve("saved.trail")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("damaged.trail, head: damaged: the checksum of its");
    assertThat(folder.resolve("saved.trail")).doesNotExist();
  }

  @Test
  void aSegmentThatChangedBehindItsChecksumsIsFoundByItsSeal() throws IOException {
    byte[] bytes = WHOLE.clone();
    Placed block = SmallTrail.blocks().get(1);
    MemorySegment file = MemorySegment.ofArray(bytes);
    byte[] a =
        file.asSlice(block.offset() + BlockHead.BYTES, block.head().bytesA())
            .toArray(ValueLayout.JAVA_BYTE);
    byte[] b =
        file.asSlice(block.offset() + block.head().offsetB(), block.head().bytesB())
            .toArray(ValueLayout.JAVA_BYTE);
    BlockHead.toBytes(
            Kind.ENTRIES,
            block.head().firstSeq(),
            block.head().count(),
            a,
            b,
            block.head().plainB(),
            0,
            0,
            block.offset())
        .get(bytes, Math.toIntExact(block.offset()), Math.toIntExact(block.head().blockBytes()));

    assertThat(trouble(bytes))
        .isNotNull()
        .hasMessageContaining("the segment is not the one that its seal was made for");
    assertThat(repair(bytes, 0).eventsLost()).isEqualTo(SmallTrail.ENTRIES.size());
  }
}
