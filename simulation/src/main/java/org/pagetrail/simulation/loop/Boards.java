package org.pagetrail.simulation.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.RunEvent.FlashDevice;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.slot.ReadOnlySlots;
import org.pagetrail.kvm.model.slot.SlotCount;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.FlashSpec;
import org.pagetrail.qemu.board.KvmCapabilities;

/** Makes a board of the monitor from a machine as a trail describes it. */
final class Boards {
  /** The size of each flash of the virt board; an image fills it or is padded to it. */
  private static final ByteSize FLASH = ByteSize.mebibytes(64);

  private Boards() {}

  /** What a kernel offers the monitor, by its rules. */
  static KvmCapabilities capabilitiesOf(KernelModel kernel) {
    SlotCount count = kernel.rule(SlotCount.class);
    return new KvmCapabilities(
        kernel.rule(ReadOnlySlots.class) == ReadOnlySlots.SUPPORTED,
        count.userSlots(),
        ByteSize.PAGE,
        count.addressSpaces() > 1);
  }

  /** The board, with RAM blocks at {@code hvas} where they are known. */
  static BoardSpec of(
      MachineDescribed machine,
      QemuModel qemu,
      KvmCapabilities capabilities,
      SortedMap<String, Hva> hvas) {
    List<FlashSpec> flash = new ArrayList<>();
    for (FlashDevice device : machine.flash()) {
      flash.add(
          device.backing() == FlashBacking.NONE
              ? FlashSpec.NONE
              : new FlashSpec(device.backing(), FLASH, device.file()));
    }
    return new BoardSpec(
        machine.board(),
        qemu.release(),
        machine.ram(),
        "",
        machine.ramPreallocated(),
        1,
        flash,
        capabilities,
        hvas);
  }
}
