package org.pagetrail.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTableProperties {
  private static final int PAGES = 30_000;

  /** Values that count up along a run; zero stays zero. */
  private static final class Counting extends RunTable {
    private Counting(Memory memory, boolean mayHaveArrays) {
      super(memory, 3, mayHaveArrays);
    }

    private Counting(Counting other) {
      super(other);
    }

    @Override
    long further(long word, long pages) {
      return word == 0 ? 0 : word + pages;
    }
  }

  /** A table and what it should hold. */
  @SuppressWarnings("ArrayRecordComponent") // compared page by page
  private record Pair(Counting table, long[] expected) {
    private Pair fork() {
      return new Pair(new Counting(table), expected.clone());
    }

    private void put(SplittableRandom random, int lengthMax) {
      int first = random.nextInt(PAGES);
      if (lengthMax == PAGES && random.nextBoolean()) {
        first &= -PageArrays.CHUNK_PAGES;
      }
      if (random.nextBoolean()) {
        table.seek(first);
      }
      int end = Math.min(PAGES, first + 1 + random.nextInt(lengthMax));
      long value = random.nextInt(5) == 0 ? 0 : random.nextLong(1L << 40) + 1;
      table.put(first, end, value, value / 2, -value);
      for (int page = first; page < end; page++) {
        expected[page] = value == 0 ? 0 : value + page - first;
      }
    }

    private void check(String where) {
      long[] found = new long[PAGES];
      for (int page = 0; page < PAGES; page++) {
        table.seek(page);
        found[page] = table.wordAt(page);
      }
      assertThat(Arrays.mismatch(found, expected)).as("%s, first wrong page", where).isEqualTo(-1);
      long runs = 0;
      for (long page = 0; page < RunTable.PAGES; page = table.end()) {
        table.seek(page);
        assertThat(table.first()).as(where).isEqualTo(page);
        runs++;
      }
      assertThat(table.runs()).as(where).isEqualTo(runs);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aTableAndItsForksHoldWhatWasPutIntoEach(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Memory memory = Memory.brief();
    Pair[] pairs = {new Pair(new Counting(memory, seed % 2 == 0), new long[PAGES])};
    for (int round = 0; round < 12; round++) {
      if (round % 3 == 2) {
        pairs = Arrays.copyOf(pairs, pairs.length + 1);
        pairs[pairs.length - 1] = pairs[random.nextInt(pairs.length - 1)].fork();
      }
      int lengthMax = round % 4 == 3 ? PAGES : 3;
      int puts = lengthMax == 3 ? 8000 : 20;
      for (int i = 0; i < puts; i++) {
        pairs[random.nextInt(pairs.length)].put(random, lengthMax);
      }
      for (Pair pair : pairs) {
        pair.check("seed " + seed + ", round " + round);
      }
    }
    memory.release();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, -1})
  void pagesFilledOneByOneInOrderAreAllThere(int step) {
    Memory memory = Memory.brief();
    Pair pair = new Pair(new Counting(memory, false), new long[PAGES]);
    for (int i = 0; i < PAGES; i++) {
      int page = step > 0 ? i : PAGES - 1 - i;
      pair.table().put(page, page + 1, page + 7L, 1, 2);
      pair.expected()[page] = page + 7L;
    }

    pair.check("step " + step);
    assertThat(pair.table().runs()).isEqualTo(PAGES + 1);
    pair.table().put(0, RunTable.PAGES, 0, 0, 0);
    assertThat(pair.table().runs()).isOne();
    memory.release();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 7, 511})
  void pagesTouchedInStridesBecomeArraysAndRunsAgainWhenOneIsPutOverThem(int stride) {
    Memory memory = Memory.brief();
    Pair pair = new Pair(new Counting(memory, true), new long[PAGES]);
    for (int i = 0, page = 0; i < PAGES; i++, page = (page + stride) % PAGES) {
      pair.table().put(page, page + 1, page * 3L + 7, 1, 2);
      pair.expected()[page] = page * 3L + 7;
    }

    pair.check("stride " + stride);
    Pair fork = pair.fork();
    fork.table().put(100, PAGES - 100, 0, 0, 0);
    Arrays.fill(fork.expected(), 100, PAGES - 100, 0);
    fork.check("stride " + stride + ", the fork");
    pair.check("stride " + stride + ", what was forked");
    fork.table().put(0, RunTable.PAGES, 0, 0, 0);
    assertThat(fork.table().runs()).isOne();
    memory.release();
  }
}
