package org.pagetrail.store.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.kvm.run.RunMap;
import org.pagetrail.kvm.run.RunWords;
import org.pagetrail.kvm.run.Sliced;

/** The maps of the model's state, of which most lies outside the heap. */
class ModelRunsProperties {
  private static final int CHANGES = 4000;
  private static final int PAGES = 600;
  private static final int LONGEST = 40;

  /** A number that counts up along a run, and a letter that does not. */
  private record Numbered(int letter, long number) implements Sliced<Numbered> {
    @Override
    public Numbered after(long pages) {
      return new Numbered(letter, number + pages);
    }
  }

  private static final RunWords<Numbered> WORDS =
      new RunWords<>() {
        @Override
        public long first(Numbered value) {
          return value.letter() + 1L;
        }

        @Override
        public long second(Numbered value) {
          return value.number();
        }

        @Override
        public Numbered of(long first, long second) {
          return new Numbered((int) first - 1, second);
        }
      };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aMapOverAStoreIsTheMapOnTheHeapWheneverItIsSettled(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (OffHeapStores stores = new OffHeapStores()) {
      RunMap<Numbered> onHeap = RunMap.empty();
      RunMap<Numbered> settled = RunMap.<Numbered>empty().settledIn(stores.store(WORDS));
      for (int i = 0; i < CHANGES; i++) {
        UnaryOperator<RunMap<Numbered>> change = change(random);
        onHeap = change.apply(onHeap);
        settled = change.apply(settled);
        if (random.nextInt(16) == 0) {
          settled = settled.settled();
          assertThat(settled.sizeOnHeap()).as("seed " + seed).isZero();
        }
        assertSame(onHeap, settled, random, "seed " + seed + ", change " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void aForkOfAMapChangesOnItsOwn(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (OffHeapStores stores = new OffHeapStores()) {
      RunMap<Numbered> one = RunMap.<Numbered>empty().settledIn(stores.store(WORDS));
      for (int i = 0; i < CHANGES / 8; i++) {
        one = change(random).apply(one);
      }
      one = one.settled();
      for (int i = 0; i < LONGEST; i++) {
        one = change(random).apply(one);
      }
      String before = one.all().toString();
      RunMap<Numbered> other = one.forked();
      for (int i = 0; i < CHANGES / 8; i++) {
        one = change(random).apply(one).settled();
      }
      assertThat(other.all()).as("seed " + seed).hasToString(before);
      String after = one.all().toString();
      for (int i = 0; i < CHANGES / 8; i++) {
        other = change(random).apply(other).settled();
      }
      assertThat(one.all()).as("seed " + seed).hasToString(after);
    }
  }

  private static UnaryOperator<RunMap<Numbered>> change(SplittableRandom random) {
    long first = random.nextInt(PAGES);
    long count = 1L + random.nextInt(random.nextInt(4) == 0 ? LONGEST : 2);
    Numbered value = new Numbered(random.nextInt(3), random.nextBoolean() ? first : 7);
    return switch (random.nextInt(4)) {
      case 0 -> map -> map.without(first, count);
      case 1 -> map -> map.mapped(first, count, old -> new Numbered(2, old.number()));
      default -> map -> map.with(first, count, value);
    };
  }

  private static void assertSame(
      RunMap<Numbered> expected, RunMap<Numbered> is, SplittableRandom random, String where) {
    long page = random.nextInt(PAGES);
    assertThat(is.runAt(page)).as(where).isEqualTo(expected.runAt(page));
    assertThat(is.nextFrom(page)).as(where).isEqualTo(expected.nextFrom(page));
    assertThat(is.in(page, LONGEST)).as(where).isEqualTo(expected.in(page, LONGEST));
    assertThat(is.anyIn(page, 3)).as(where).isEqualTo(expected.anyIn(page, 3));
    if (random.nextInt(64) == 0) {
      assertThat(is.all()).as(where).isEqualTo(expected.all());
    }
  }
}
