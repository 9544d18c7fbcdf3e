package org.pagetrail.projections.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.relaxed;
import static org.pagetrail.projections.Events.slot;
import static org.pagetrail.projections.Events.slotGone;
import static org.pagetrail.projections.Events.unmapped;
import static org.pagetrail.projections.Events.writeProtected;

import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.TrailBuilder;
import org.pagetrail.projections.TrailCut;
import org.pagetrail.projections.ranges.Run;

/** The state by ranges holds what a table of single pages would hold. */
class Stage2Properties {
  private static final long BASE = 0x40000000L;
  private static final long BLOCK_PAGES = 512;
  private static final long PAGES = 4 * BLOCK_PAGES;

  /** One page of the oracle; pages of one block share the leaf. */
  record OraclePage(long pfn, Perms perms, long leaf) {}

  private final SortedMap<Long, OraclePage> oracle = new TreeMap<>();
  private final TrailBuilder trail = new TrailBuilder();
  private long leaves;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void rangesHoldWhatATableOfSinglePagesHolds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MachineProjection projection = new MachineProjection();
    MachineState state = projection.initial();

    for (int step = 0; step < 1500; step++) {
      int before = trail.entries().size();
      act(random);
      for (TrailEntry entry : trail.entries().subList(before, trail.entries().size())) {
        state = projection.apply(state, entry);
      }
      assertThat(pagesOf(state)).as("seed %d step %d", seed, step).isEqualTo(expected());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void foldingAPrefixAndThenTheRestIsFoldingTheWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < 300; step++) {
      act(random);
    }
    List<TrailEntry> entries = trail.entries();
    long cut = random.nextLong(entries.size());
    MachineProjection projection = new MachineProjection();

    MachineState prefix = projection.fold(TrailCut.through(entries, cut));
    SortedMap<Long, String> before = pagesOf(prefix);
    MachineState continued = prefix.fork();
    for (TrailEntry entry : entries.subList((int) cut + 1, entries.size())) {
      continued = projection.apply(continued, entry);
    }

    assertThat(pagesOf(continued)).as("seed %d", seed).isEqualTo(expected());
    assertThat(pagesOf(prefix)).as("seed %d, the forked state", seed).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void printedRangesCoverEveryPageOnceInOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < 400; step++) {
      act(random);
    }
    MachineState state = new MachineProjection().fold(trail.entries());

    long pages = 0;
    long end = 0;
    for (Stage2Range range : Stage2Range.of(state.stage2().entries())) {
      long first = range.guest().start().gfn().value();
      assertThat(first).as("seed %d", seed).isGreaterThanOrEqualTo(end);
      end = first + range.pages();
      pages += range.pages();
    }

    assertThat(pages).as("seed %d", seed).isEqualTo(oracle.size());
  }

  private void act(SplittableRandom random) {
    long page = random.nextLong(PAGES);
    long count = 1 + random.nextLong(random.nextInt(8) == 0 ? 700 : 5);
    count = Math.min(count, PAGES - page);
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> map(page, 1, random);
      case 3 -> map(page / BLOCK_PAGES * BLOCK_PAGES, BLOCK_PAGES, random);
      case 4 -> map(page, Math.min(count, 5), random);
      case 5 -> {
        trail.observed(unmapped(gpa(page), count * PageSize.BASE_BYTES));
        remove(page, count);
      }
      case 6 -> {
        trail.observed(writeProtected(gpa(page), count * PageSize.BASE_BYTES));
        change(page, count, Perms.NONE, true);
      }
      case 7 -> {
        trail.observed(relaxed(gpa(page), Perms.RX));
        change(page, 1, Perms.RX, false);
      }
      default -> slots(page, random);
    }
  }

  private void slots(long page, SplittableRandom random) {
    if (random.nextInt(20) == 0) {
      trail.observed(slot(3, SlotFlags.NONE, gpa(page), 0x4000, 0x7f0000000000L));
      trail.observed(slotGone(3, 0, 0));
      remove(page, 4);
    } else {
      trail.observed(mapped(gpa(page), 0x1000, 7, Perms.RW, MemoryType.NORMAL, -11));
    }
  }

  private void map(long page, long pages, SplittableRandom random) {
    long pfn = random.nextLong(1L << 30);
    Perms perms = random.nextBoolean() ? Perms.R : Perms.RW;
    trail.observed(
        mapped(gpa(page), pages * PageSize.BASE_BYTES, pfn, perms, MemoryType.NORMAL, 0));
    remove(page, pages);
    long block = leaves++;
    for (long i = 0; i < pages; i++) {
      long leaf = pages == BLOCK_PAGES ? block : leaves++;
      oracle.put(page + i, new OraclePage(pfn + i, perms, leaf));
    }
  }

  private void remove(long page, long pages) {
    for (long i = 0; i < pages; i++) {
      OraclePage there = oracle.get(page + i);
      if (there != null) {
        oracle.values().removeIf(other -> other.leaf() == there.leaf());
      }
    }
  }

  private void change(long page, long pages, Perms added, boolean protect) {
    for (long i = 0; i < pages; i++) {
      OraclePage there = oracle.get(page + i);
      if (there != null) {
        oracle.replaceAll((number, other) -> {
          Perms perms = other.perms().plus(added);
          return other.leaf() != there.leaf()
              ? other
              : new OraclePage(other.pfn(), protect ? perms.withoutWrite() : perms, other.leaf());
        });
      }
    }
  }

  private SortedMap<Long, String> expected() {
    SortedMap<Long, String> pages = new TreeMap<>();
    oracle.forEach((page, there) -> pages.put(page, there.pfn() + " " + there.perms()));
    return pages;
  }

  private static SortedMap<Long, String> pagesOf(MachineState state) {
    SortedMap<Long, String> pages = new TreeMap<>();
    for (Run<Stage2Entry> run : state.stage2().entries()) {
      for (long page = run.first(); page < run.end(); page++) {
        Stage2Entry entry = run.at(page);
        pages.put(page - (BASE >> 12), entry.pfn().value() + " " + entry.perms());
      }
    }
    return pages;
  }

  private static long gpa(long page) {
    return BASE + page * PageSize.BASE_BYTES;
  }
}
