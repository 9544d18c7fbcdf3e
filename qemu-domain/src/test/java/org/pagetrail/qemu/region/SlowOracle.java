package org.pagetrail.qemu.region;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.pagetrail.qemu.region.Region.Mark;

/** Renders one address alone, straight from the definition, with numbers of any size. */
final class SlowOracle {
  private final RegionTree tree;

  SlowOracle(RegionTree tree) {
    this.tree = tree;
  }

  /** What shows at an address. */
  record Shown(
      String region, BigInteger offset, boolean romd, boolean readOnly, boolean nonvolatile) {}

  @Nullable Shown at(String root, BigInteger address) {
    BigInteger end = BigInteger.ONE.shiftLeft(64);
    return show(tree.get(root), BigInteger.ZERO, BigInteger.ZERO, end, false, false, address);
  }

  private @Nullable Shown show(
      Region region,
      BigInteger outerBase,
      BigInteger outerStart,
      BigInteger outerEnd,
      boolean outerReadOnly,
      boolean outerNonvolatile,
      BigInteger address) {
    if (!region.is(Mark.ENABLED)) {
      return null;
    }
    BigInteger base = outerBase.add(number(region.address()));
    boolean readOnly = outerReadOnly || region.is(Mark.READ_ONLY);
    boolean nonvolatile = outerNonvolatile || region.is(Mark.NONVOLATILE);
    BigInteger start = outerStart.max(base);
    BigInteger end = outerEnd.min(base.add(number(region.size())));
    if (address.compareTo(start) < 0 || address.compareTo(end) >= 0) {
      return null;
    }
    if (region.target() != null) {
      Region target = tree.get(region.target());
      BigInteger shifted =
          base.subtract(number(target.address()))
              .subtract(number(Wide.ofUnsigned(region.offset())));
      return show(target, shifted, start, end, readOnly, nonvolatile, address);
    }
    for (String child : region.children()) {
      Shown shown = show(tree.get(child), base, start, end, readOnly, nonvolatile, address);
      if (shown != null) {
        return shown;
      }
    }
    return region.terminates()
        ? new Shown(
            region.id(), address.subtract(base), region.is(Mark.ROMD), readOnly, nonvolatile)
        : null;
  }

  static BigInteger number(Wide wide) {
    BigInteger low = new BigInteger(Long.toUnsignedString(wide.low()));
    return BigInteger.valueOf(wide.high()).shiftLeft(64).add(low);
  }
}
