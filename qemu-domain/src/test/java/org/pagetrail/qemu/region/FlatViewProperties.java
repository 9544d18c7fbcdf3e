package org.pagetrail.qemu.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagetrail.qemu.region.SlowOracle.Shown;

class FlatViewProperties {
  private static final int TREES = 4000;

  @Test
  void everyAddressRendersAsTheSlowOracleSays() {
    long shown = 0;
    for (long seed = 0; seed < TREES; seed++) {
      RegionTree tree = RandomTree.grow(new SplittableRandom(seed));
      List<ViewRange> ranges = FlatViewRenderer.render(tree, "r0", region -> 0);
      SlowOracle oracle = new SlowOracle(tree);
      for (BigInteger address : addressesToAsk(tree, ranges)) {
        Shown expected = oracle.at("r0", address);
        assertThat(at(ranges, address))
            .as("seed %d, address 0x%s of %s", seed, address.toString(16), tree)
            .isEqualTo(expected);
        shown += expected == null ? 0 : 1;
      }
    }
    assertThat(shown).as("addresses that show something").isGreaterThan(TREES);
  }

  @Test
  void rangesAreAscendingDisjointAndJoined() {
    for (long seed = 0; seed < TREES; seed++) {
      RegionTree tree = RandomTree.grow(new SplittableRandom(seed));
      List<ViewRange> ranges = FlatViewRenderer.render(tree, "r0", region -> 0);
      for (int i = 0; i < ranges.size(); i++) {
        ViewRange range = ranges.get(i);
        assertThat(range.start()).as("seed %d: %s", seed, range).isLessThan(range.end());
        if (i > 0) {
          ViewRange before = ranges.get(i - 1);
          assertThat(before.end()).as("seed %d", seed).isLessThanOrEqualTo(range.start());
          assertThat(before.joins(range)).as("seed %d: %s and %s", seed, before, range).isFalse();
        }
      }
    }
  }

  @Test
  void aListenerThatHeardTheDifferenceKnowsTheNewView() {
    for (long seed = 0; seed < TREES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<ViewRange> old = FlatViewRenderer.render(RandomTree.grow(random), "r0", region -> 0);
      List<ViewRange> fresh = FlatViewRenderer.render(RandomTree.grow(random), "r0", region -> 0);

      ViewDiff diff = ViewDiff.between(old, fresh);

      TreeSet<String> heard = new TreeSet<>();
      old.forEach(range -> heard.add(range.toString()));
      for (ViewRange range : diff.removed()) {
        assertThat(heard.remove(range.toString())).as("seed %d removes %s", seed, range).isTrue();
      }
      for (ViewDiff.Kept kept : diff.kept()) {
        assertThat(heard.add(kept.range().toString()))
            .as("seed %d: %s comes only if it is new", seed, kept.range())
            .isEqualTo(kept.added());
      }
      TreeSet<String> expected = new TreeSet<>();
      fresh.forEach(range -> expected.add(range.toString()));
      assertThat(heard).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private static @Nullable Shown at(List<ViewRange> ranges, BigInteger address) {
    for (ViewRange range : ranges) {
      BigInteger start = SlowOracle.number(range.start());
      if (start.compareTo(address) <= 0 && address.compareTo(SlowOracle.number(range.end())) < 0) {
        return new Shown(
            range.region(),
            SlowOracle.number(range.offset()).add(address.subtract(start)),
            range.romd(),
            range.readOnly(),
            range.nonvolatile());
      }
    }
    return null;
  }

  /** Both sides of every edge that a region or a range can have. */
  private static SortedSet<BigInteger> addressesToAsk(RegionTree tree, List<ViewRange> ranges) {
    TreeSet<BigInteger> edges = new TreeSet<>();
    for (ViewRange range : ranges) {
      edges.add(SlowOracle.number(range.start()));
      edges.add(SlowOracle.number(range.end()));
    }
    for (String id : tree.ids()) {
      BigInteger start = SlowOracle.number(tree.absoluteAddress(id));
      edges.add(start);
      edges.add(start.add(SlowOracle.number(tree.get(id).size())));
    }
    for (long page = 0; page < 40; page++) {
      edges.add(BigInteger.valueOf(page * 0x800));
    }
    TreeSet<BigInteger> asked = new TreeSet<>();
    BigInteger end = BigInteger.ONE.shiftLeft(64);
    for (BigInteger edge : edges) {
      for (int near = -1; near <= 1; near++) {
        BigInteger address = edge.add(BigInteger.valueOf(near));
        if (address.signum() >= 0 && address.compareTo(end) < 0) {
          asked.add(address);
        }
      }
    }
    return asked;
  }
}
