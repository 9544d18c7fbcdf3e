package org.pagetrail.qemu.slot;

import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.qemu.region.FlatViewRenderer.DirtyMask;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.ViewRange;

/** The reasons to log the writes to a region. */
public final class DirtyMasks {
  private DirtyMasks() {}

  /** The mask of every region while all migratable memory is logged, or is not. */
  public static DirtyMask of(DirtyLogging rule, boolean logsAll) {
    boolean adds = logsAll && rule == DirtyLogging.MASK;
    return region -> {
      int own = region.is(Mark.DIRTY_LOG) ? ViewRange.DIRTY_DISPLAY : 0;
      return adds && isMigratable(region) ? own | ViewRange.DIRTY_MIGRATION : own;
    };
  }

  private static boolean isMigratable(Region region) {
    return region.kind() == RegionType.RAM
        || region.kind() == RegionType.ROM_DEVICE
        || region.kind() == RegionType.IOMMU;
  }
}
