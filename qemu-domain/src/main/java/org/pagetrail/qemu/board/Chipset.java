package org.pagetrail.qemu.board;

import java.util.List;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.rule.Rule;

/** An x86 host bridge: registers that decide whether RAM, ROM or devices show below 1 MiB. */
public interface Chipset {
  /** Where it is known from. */
  Rule rule();

  /** The registers after a reset. */
  ChipsetRegisters reset(ChipsetRegisters registers);

  /** The registers after a write of {@code width} bytes at {@code offset}. */
  ChipsetRegisters written(ChipsetRegisters registers, int offset, int width, long value);

  /** The transactions that follow a reset. */
  List<List<RegionOp>> afterReset(ChipsetRegisters registers, RegionTree tree);

  /** The transactions that follow a write of {@code width} bytes at {@code offset}. */
  List<List<RegionOp>> afterWrite(
      ChipsetRegisters registers, RegionTree tree, int offset, int width);

  /** True if two ranges of registers share a byte. */
  static boolean overlap(int offset, int width, int other, int size) {
    return offset < other + size && other < offset + width;
  }
}
