package org.pagetrail.qemu.board;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Set;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.rule.Rule;

/** The host bridge of the {@code pc} board: PAM and SMRAM. */
final class I440fxChipset implements Chipset {
  private static final Rule RULE =
      new Rule(
          "qemu/chipset/i440fx",
          "PAM registers choose between RAM, read-only RAM and PCI, SMRAM hides 0xa0000; both are"
              + " applied when the board is built and at every write, not at a reset.",
          "QEMU 2.4 to 10.2, hw/pci-host/i440fx.c");

  /** The first PAM register. */
  static final int PAM = 0x59;

  private static final int SMRAM = 0x72;
  private static final int SEGMENT_A = 0x02;
  private static final int OPEN = 1 << 6;
  private static final int ENABLED = 1 << 3;

  @Override
  public Rule rule() {
    return RULE;
  }

  @Override
  public ChipsetRegisters reset(ChipsetRegisters registers) {
    return registers.get(SMRAM) == 0 ? registers.with(SMRAM, SEGMENT_A) : registers;
  }

  @Override
  public ChipsetRegisters written(ChipsetRegisters registers, int offset, int width, long value) {
    ChipsetRegisters fresh = registers;
    for (int i = 0; i < width; i++) {
      fresh = fresh.with(offset + i, (int) (value >>> (8 * i)) & 0xff);
    }
    return fresh;
  }

  @Override
  public List<List<RegionOp>> afterReset(ChipsetRegisters registers, RegionTree tree) {
    return List.of();
  }

  @Override
  public List<List<RegionOp>> afterWrite(
      ChipsetRegisters registers, RegionTree tree, int offset, int width) {
    boolean shows =
        Chipset.overlap(offset, width, PAM, ShadowMemory.REGISTERS)
            || Chipset.overlap(offset, width, SMRAM, 1);
    boolean contained = tree.find(Smram.CONTAINER) != null;
    return shows ? List.of(update(registers, tree, contained)) : List.of();
  }

  /** What the registers ask for; {@code contained} if there is a container for SMRAM. */
  static List<RegionOp> update(ChipsetRegisters registers, RegionTree tree, boolean contained) {
    List<RegionOp> ops = new ArrayList<>(ShadowMemory.update(registers, tree, PAM));
    int control = registers.get(SMRAM);
    ops.add(Set.enabled(Smram.HOLE, (control & OPEN) == 0));
    if (contained) {
      ops.add(Set.enabled(Smram.CONTAINER, (control & ENABLED) != 0));
    }
    return ops;
  }
}
