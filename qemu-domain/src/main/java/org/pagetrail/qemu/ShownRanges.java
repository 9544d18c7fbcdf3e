package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.qemu.region.FlatView;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.region.ViewRange;
import org.pagetrail.qemu.region.Wide;

/** A flat view in the words of {@code info mtree -f}. */
final class ShownRanges {
  private ShownRanges() {}

  static List<FlatRange> of(RegionTree tree, FlatView view) {
    List<FlatRange> ranges = new ArrayList<>();
    for (ViewRange range : view.ranges()) {
      Region region = tree.get(range.region());
      long last = range.end().minus(Wide.ofUnsigned(1)).low();
      ranges.add(
          new FlatRange(
              new Gpa(range.start().low()),
              new Gpa(last),
              region.name(),
              kind(region, range),
              range.offset().low()));
    }
    return ranges;
  }

  private static RegionKind kind(Region region, ViewRange range) {
    return switch (region.kind()) {
      case RAM -> range.readOnly() ? RegionKind.ROM : RegionKind.RAM;
      case RAM_DEVICE -> RegionKind.RAM_DEVICE;
      case ROM_DEVICE -> range.romd() ? RegionKind.ROMD : RegionKind.IO;
      case CONTAINER, IO, RESERVATION, IOMMU, ALIAS -> RegionKind.IO;
    };
  }

  /** True if two views differ in nothing but whether a ROM device is in romd mode. */
  static boolean sameButForRomd(List<FlatRange> a, List<FlatRange> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!plain(a.get(i)).equals(plain(b.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static FlatRange plain(FlatRange range) {
    return range.kind() == RegionKind.ROMD
        ? new FlatRange(
            range.start(), range.lastByte(), range.region(), RegionKind.IO, range.offset())
        : range;
  }
}
