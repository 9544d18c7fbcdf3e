package org.pagetrail.qemu;

import java.util.List;
import java.util.TreeMap;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.rule.Rule;

/**
 * The one thing about the PCI host bridge that shows in the maps: its command register opens its
 * way to memory.
 */
final class HostBridge {
  static final Rule RULE =
      new Rule(
          "qemu/pci/bus-master-bit-rebuilds-the-maps",
          "A change of the bus master bit shows or hides the bridge's view of memory, and all maps"
              + " are rebuilt.",
          "QEMU 2.1 to 10.2, hw/pci/pci.c; observed in 7.2.22");

  private static final String CONFIGURATION = "pcie-mmcfg-mmio";
  private static final String BUS_MASTER = "bus master";
  private static final int COMMAND = 4;
  private static final int MASTER = 1 << 2;

  private HostBridge() {}

  /** Takes a write to the configuration space; the bridge is the first function of bus 0. */
  static void written(Draft draft, String region, long offset, int width, long value)
      throws Impossible {
    boolean covers = offset <= COMMAND && COMMAND < offset + width;
    if (!region.equals(CONFIGURATION) || !covers || draft.state().tree().find(BUS_MASTER) == null) {
      return;
    }
    long command = value >>> (8 * (COMMAND - offset));
    RegionOp set =
        new RegionOp.Set(BUS_MASTER, RegionAttribute.ENABLED, (command & MASTER) == 0 ? 0 : 1);
    RegionEdits.commit(draft, new HostMemory(new TreeMap<>(), draft.state()), List.of(set));
  }
}
