package org.pagetrail.qemu.region;

import java.util.SplittableRandom;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.Region.Place;

/** Trees of all kinds of regions: aliases into anything, bases below 0, ends past 2^64. */
final class RandomTree {
  private static final RegionType[] TERMINALS = {
    RegionType.RAM, RegionType.ROM_DEVICE, RegionType.IO, RegionType.RESERVATION
  };
  private static final int REGIONS_MAX = 14;

  private final SplittableRandom random;
  private RegionTree tree =
      RegionTree.EMPTY.create(
          Region.fresh("r0", "r0", RegionType.CONTAINER, Wide.SPACE_END, null, 0));

  private RandomTree(SplittableRandom random) {
    this.random = random;
  }

  /** A tree whose root is {@code r0}. */
  static RegionTree grow(SplittableRandom random) {
    RandomTree growing = new RandomTree(random);
    int regions = 2 + random.nextInt(REGIONS_MAX);
    for (int i = 1; i < regions; i++) {
      growing.add(i);
    }
    return growing.tree;
  }

  private void add(int number) {
    String id = "r" + number;
    int dice = random.nextInt(10);
    if (dice < 3 && number > 1) {
      String target = "r" + (1 + random.nextInt(number - 1));
      create(Region.fresh(id, id, RegionType.ALIAS, size(), target, address()));
    } else if (dice < 6) {
      create(Region.fresh(id, id, RegionType.CONTAINER, size(), null, 0));
    } else {
      RegionType kind = TERMINALS[random.nextInt(TERMINALS.length)];
      create(Region.fresh(id, id, kind, size(), null, 0));
    }
    String container = "r" + random.nextInt(number);
    boolean takes = tree.get(container).kind() != RegionType.ALIAS;
    if (takes && !tree.isReachable(container, id) && random.nextInt(8) != 0) {
      tree = tree.place(id, new Place(container, address(), random.nextInt(-2, 3)));
    } else {
      tree = tree.place(id, new Place("r0", address(), random.nextInt(-2, 3)));
    }
    for (Mark mark : Mark.values()) {
      if (random.nextInt(7) == 0) {
        tree = tree.mark(id, mark, mark != Mark.ENABLED && mark != Mark.ROMD);
      }
    }
  }

  private void create(Region region) {
    tree = tree.create(region);
  }

  /** Mostly a few pages near 0, so that regions overlap; sometimes the far end of the space. */
  private long address() {
    return switch (random.nextInt(8)) {
      case 0 -> -random.nextLong(1, 16) * 0x800;
      case 1 -> random.nextLong();
      default -> random.nextLong(16) * 0x800;
    };
  }

  private Wide size() {
    return switch (random.nextInt(10)) {
      case 0 -> Wide.SPACE_END;
      case 1 -> Wide.ZERO;
      case 2 -> Wide.ofUnsigned(random.nextLong());
      default -> Wide.ofUnsigned(random.nextLong(1, 16) * 0x800);
    };
  }
}
