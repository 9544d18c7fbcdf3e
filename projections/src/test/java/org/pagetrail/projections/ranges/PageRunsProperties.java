package org.pagetrail.projections.ranges;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs hold what a map of single pages holds. */
class PageRunsProperties {

  /** Counts up along the run, so that a clip at a wrong place shows. */
  record Numbered(long number) implements RunValue<Numbered> {
    @Override
    public Numbered from(long pages) {
      return new Numbered(number + pages);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void runsHoldWhatAMapOfSinglePagesHolds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PageRuns<Numbered> runs = new PageRuns<>();
    SortedMap<Long, Long> oracle = new TreeMap<>();

    for (int step = 0; step < 2000; step++) {
      long first = random.nextLong(200);
      long pages = 1 + random.nextLong(random.nextInt(4) == 0 ? 80 : 6);
      switch (random.nextInt(3)) {
        case 0 -> {
          long number = random.nextLong(1_000_000);
          runs.put(first, pages, new Numbered(number));
          for (long page = 0; page < pages; page++) {
            oracle.put(first + page, number + page);
          }
        }
        case 1 -> {
          runs.remove(first, pages);
          oracle.subMap(first, first + pages).clear();
        }
        default -> {
          runs.update(first, pages, value -> new Numbered(value.number() + 7));
          oracle.subMap(first, first + pages).replaceAll((page, number) -> number + 7);
        }
      }
      assertThat(pagesOf(runs)).as("seed %d step %d", seed, step).isEqualTo(oracle);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void aForkDoesNotSeeLaterChanges(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PageRuns<Numbered> runs = new PageRuns<>();
    for (int step = 0; step < 50; step++) {
      runs.put(random.nextLong(100), 1 + random.nextLong(9), new Numbered(random.nextLong(99)));
    }
    SortedMap<Long, Long> before = pagesOf(runs);

    PageRuns<Numbered> fork = runs.fork();
    runs.remove(0, 200);

    assertThat(pagesOf(fork)).as("seed %d", seed).isEqualTo(before);
    assertThat(runs.isEmpty()).isTrue();
  }

  private static SortedMap<Long, Long> pagesOf(PageRuns<Numbered> runs) {
    SortedMap<Long, Long> pages = new TreeMap<>();
    long end = -1;
    for (Run<Numbered> run : runs.runs()) {
      assertThat(run.first()).isGreaterThanOrEqualTo(end);
      end = run.end();
      for (long page = run.first(); page < end; page++) {
        pages.put(page, run.at(page).number());
      }
    }
    return pages;
  }
}
