package org.pagetrail.qemu;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.qemu.board.Board;
import org.pagetrail.qemu.board.Chipset;
import org.pagetrail.qemu.board.ChipsetRegisters;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.rule.Rule;

/**
 * What of the PCI host bridge shows in the maps: the bus master bit of the generic bridge, and the
 * chipset registers of the x86 boards, which ports 0xcf8 and 0xcfc or the configuration window
 * reach.
 */
final class HostBridge {
  static final Rule BUS_MASTER_RULE =
      new Rule(
          "qemu/pci/bus-master-bit-rebuilds-the-maps",
          "A change of the bus master bit shows or hides the bridge's view of memory, and all maps"
              + " are rebuilt.",
          "QEMU 2.1 to 10.2, hw/pci/pci.c; observed in 7.2.22");

  private static final String ADDRESS_PORT = "pci-conf-idx";
  private static final String DATA_PORT = "pci-conf-data";
  private static final String WINDOW = "pcie-mmcfg-mmio";
  private static final String BUS_MASTER = "bus master";
  private static final long DATA_PORT_BASE = 0xcfc;
  private static final long CONFIGURATION_SPACE = 0x1000;
  private static final int COMMAND = 4;
  private static final int MASTER = 1 << 2;

  private HostBridge() {}

  /** Rebuilds what a write to the bridge's registers, which is an event by now, changes. */
  static void react(Draft draft, DeviceWritten written) throws Impossible {
    int offset = register(draft.state(), written);
    if (offset < 0) {
      return;
    }
    Chipset chipset = chipset(draft.model(), draft.state());
    if (chipset != null) {
      ChipsetRegisters registers = draft.state().machine().chipset();
      commit(draft, chipset.afterWrite(registers, draft.state().tree(), offset, written.width()));
    } else if (offset <= COMMAND
        && COMMAND < offset + written.width()
        && draft.state().tree().find(BUS_MASTER) != null) {
      boolean master = (written.value() >>> (8 * (COMMAND - offset)) & MASTER) != 0;
      RegionOp set = new RegionOp.Set(BUS_MASTER, RegionAttribute.ENABLED, master ? 1 : 0);
      commit(draft, List.of(List.of(set)));
    }
  }

  /** Rebuilds what the registers' reset changes. */
  static void afterReset(Draft draft) throws Impossible {
    Chipset chipset = chipset(draft.model(), draft.state());
    if (chipset != null) {
      commit(draft, chipset.afterReset(draft.state().machine().chipset(), draft.state().tree()));
    }
  }

  private static void commit(Draft draft, List<List<RegionOp>> transactions) throws Impossible {
    for (List<RegionOp> ops : transactions) {
      RegionEdits.commit(draft, HostMemory.of(draft), ops);
    }
  }

  /** The state with the registers as a write leaves them. */
  static QemuState registers(QemuModel model, QemuState state, DeviceWritten written) {
    ChipsetRegisters registers = state.machine().chipset();
    Chipset chipset = chipset(model, state);
    if (chipset == null) {
      return state;
    }
    if (written.device().equals(ADDRESS_PORT) && written.width() == 4) {
      return state.with(state.machine().with(registers.at((int) written.value())));
    }
    int offset = register(state, written);
    return offset < 0
        ? state
        : state.with(
            state
                .machine()
                .with(chipset.written(registers, offset, written.width(), written.value())));
  }

  /** The state with the registers as a system reset leaves them. */
  static QemuState reset(QemuModel model, QemuState state) {
    Chipset chipset = chipset(model, state);
    return chipset == null
        ? state
        : state.with(state.machine().with(chipset.reset(state.machine().chipset())));
  }

  /** Which register of the bridge a write reaches, -1 for none. */
  private static int register(QemuState state, DeviceWritten written) {
    Gpa address = written.address();
    if (written.device().equals(DATA_PORT)) {
      ChipsetRegisters registers = state.machine().chipset();
      return registers.addressesTheBridge()
          ? registers.addressed(address.value() - DATA_PORT_BASE)
          : -1;
    }
    if (!written.device().equals(WINDOW)) {
      return -1;
    }
    long offset = address.value() - state.tree().absoluteAddress(WINDOW).low();
    return offset >= 0 && offset < CONFIGURATION_SPACE ? (int) offset : -1;
  }

  private static @Nullable Chipset chipset(QemuModel model, QemuState state) {
    Board board = model.boards().get(state.machine().board());
    return board == null ? null : board.chipset();
  }
}
