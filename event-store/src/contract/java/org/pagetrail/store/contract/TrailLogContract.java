package org.pagetrail.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.Tag;
import org.pagetrail.store.Tags;
import org.pagetrail.store.TrailLog;

/** What every kind of log must keep. */
public abstract class TrailLogContract {
  private static final long SEED = 0x70a6e7241L;

  /** Opens the log of a run to write, an empty one if there is none. */
  protected abstract TrailLog write(String run);

  /** Opens the log of a run to read. */
  protected abstract TrailLog read(String run);

  @Test
  void aNewLogIsEmpty() {
    try (TrailLog log = write("new")) {
      assertThat(log.run()).isEqualTo("new");
      assertThat(log.size()).isZero();
      assertThat(log.read(0)).isExhausted();
      assertThat(log.positions(Selection.ALL, 0)).isExhausted();
    }
  }

  @Test
  void entriesAreReadAsTheyWereWritten() {
    List<LogEntry> entries = new Entries(SEED).next(500);
    try (TrailLog log = write("boot")) {
      log.append(entries.subList(0, 200));
      log.append(entries.subList(200, 201));
      log.append(entries.subList(201, 500));
      assertThat(log.read(0)).toIterable().containsExactlyElementsOf(entries);
    }

    try (TrailLog log = read("boot")) {
      assertThat(log.size()).isEqualTo(500);
      assertThat(log.read(0)).toIterable().containsExactlyElementsOf(entries);
      assertThat(log.read(499)).toIterable().containsExactly(entries.get(499));
      assertThat(log.read(500)).isExhausted();
      assertThat(log.at(321)).isEqualTo(entries.get(321));
    }
  }

  @Test
  void aLogThatIsOpenedAgainGoesOnWhereItEnded() {
    List<LogEntry> entries = new Entries(SEED + 1).next(20);
    try (TrailLog log = write("on")) {
      log.append(entries.subList(0, 12));
    }
    try (TrailLog log = write("on")) {
      assertThat(log.size()).isEqualTo(12);
      log.append(entries.subList(12, 20));
      assertThat(log.read(0)).toIterable().containsExactlyElementsOf(entries);
    }
  }

  @Test
  void aSelectionFindsWhatAScanFinds() {
    List<LogEntry> entries = new Entries(SEED + 2).next(400);
    try (TrailLog log = write("select")) {
      log.append(entries);
      SplittableRandom random = new SplittableRandom(SEED);
      for (int round = 0; round < 100; round++) {
        Selection selection = selection(entries, random);
        long from = random.nextInt(401);
        List<LogEntry> scanned =
            entries.stream().filter(e -> e.seq() >= from && selection.holds(e)).toList();

        assertThat(positions(log.positions(selection, from)))
            .as("positions of %s from %d, seed %d", selection, from, SEED)
            .isEqualTo(scanned.stream().map(LogEntry::seq).toList());
        assertThat(log.read(selection, from))
            .as("entries of %s from %d, seed %d", selection, from, SEED)
            .toIterable()
            .containsExactlyElementsOf(scanned);
      }
    }
  }

  @Test
  void aPageIsFoundByItsTag() {
    List<LogEntry> entries = new Entries(SEED + 3).next(50);
    try (TrailLog log = write("page")) {
      log.append(entries);
      Tag page = new Tag(Tags.GFN, new Gfn(0x4000).toString());

      assertThat(positions(log.positions(Selection.tagged(page), 0)))
          .isNotEmpty()
          .allMatch(seq -> entries.get(Math.toIntExact(seq)).tags().contains(page));
    }
  }

  @Test
  void anAppendThatIsRefusedLeavesNothing() {
    List<LogEntry> entries = new Entries(SEED + 4).next(10);
    try (TrailLog log = write("gap")) {
      log.append(entries.subList(0, 3));

      assertThatThrownBy(() -> log.append(List.of(entries.get(3), entries.get(4), entries.get(6))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> log.append(entries.subList(0, 1)))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(log.size()).isEqualTo(3);
      assertThat(log.read(0)).toIterable().containsExactlyElementsOf(entries.subList(0, 3));
      log.append(entries.subList(3, 10));
      assertThat(log.size()).isEqualTo(10);
    }
  }

  @Test
  void aLogHasOneWriterAtATime() {
    TrailLog first = write("one");
    try (first) {
      assertThatThrownBy(() -> write("one"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("one");
      write("other").close();
      first.append(new Entries(SEED).next(1));
    }

    write("one").close();
  }

  @Test
  void aLogOpenedToReadIsNotWritten() {
    write("shut").close();
    try (TrailLog log = read("shut")) {
      assertThatThrownBy(() -> log.append(new Entries(SEED).next(1)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(log.size()).isZero();
    }
  }

  @Test
  void aReaderSeesWhatAWriterAddsButNotInTheMiddleOfAnIteration() {
    List<LogEntry> entries = new Entries(SEED + 5).next(30);
    try (TrailLog writer = write("follow");
        TrailLog reader = read("follow")) {
      writer.append(entries.subList(0, 10));
      Iterator<LogEntry> begun = reader.read(0);
      begun.next();

      writer.append(entries.subList(10, 30));

      assertThat(reader.size()).isEqualTo(30);
      assertThat(begun).toIterable().containsExactlyElementsOf(entries.subList(1, 10));
      assertThat(reader.read(10)).toIterable().containsExactlyElementsOf(entries.subList(10, 30));
    }
  }

  private static Selection selection(List<LogEntry> entries, SplittableRandom random) {
    TreeSet<Tag> tags = new TreeSet<>();
    TreeSet<String> types = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      entries.get(random.nextInt(entries.size())).tags().stream()
          .skip(random.nextInt(2))
          .findFirst()
          .ifPresent(tags::add);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      types.add(entries.get(random.nextInt(entries.size())).type());
    }
    return new Selection(tags, types);
  }

  private static List<Long> positions(PrimitiveIterator.OfLong positions) {
    List<Long> list = new ArrayList<>();
    positions.forEachRemaining((long seq) -> list.add(seq));
    return list;
  }
}
