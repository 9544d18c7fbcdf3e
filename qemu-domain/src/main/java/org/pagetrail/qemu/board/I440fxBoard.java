package org.pagetrail.qemu.board;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.rule.Rule;

/** The x86 {@code pc} board without a display. */
public final class I440fxBoard implements Board {
  private static final Rule RULE =
      new Rule(
          "qemu/board/pc",
          "As q35, but the host bridge lets PCI memory show from 0xc0000 to 0xfffff while the board"
              + " is built.",
          "QEMU 2.1 to 10.2, hw/i386, hw/pci-host");

  private static final long SPLIT_FROM = 0xe000_0000L;
  private static final long SPLIT_AT = 0xc000_0000L;

  private final Smram smram;
  private final Chipset chipset = new I440fxChipset();

  /** A board whose memory of system management mode is that of its release. */
  public I440fxBoard(Smram smram) {
    this.smram = smram;
  }

  @Override
  public Rule rule() {
    return RULE;
  }

  @Override
  public HvaAlignment hvas() {
    return HvaAlignment.BLOCK;
  }

  @Override
  public @Nullable Chipset chipset() {
    return chipset;
  }

  @Override
  public List<BoardStep> build(BoardSpec spec) {
    Steps steps = new Steps();
    long below4g = PcMemory.below4g(spec.ram(), SPLIT_FROM, SPLIT_AT);
    PcMemory memory = new PcMemory(steps, spec, below4g);
    if (!memory.build()) {
      return steps.done();
    }
    String ram = spec.ramBlockOr(PcMemory.RAM);
    steps.change(new Add(PcMemory.PCI, Steps.SYSTEM, 0, -1));
    for (RegionOp op : smram.ofI440fx(ram, PcMemory.PCI)) {
      steps.change(op);
    }
    ShadowMemory.create(ram, PcMemory.PCI).forEach(ops -> steps.add(new BoardStep.Change(ops)));
    ChipsetRegisters registers = chipset.reset(ChipsetRegisters.NONE);
    boolean contained = smram != Smram.HOLE_ONLY;
    steps.add(new BoardStep.Change(I440fxChipset.update(registers, RegionTree.EMPTY, contained)));
    memory.devices();
    if (smram.hasAddressSpace(spec)) {
      Smram.addressSpace(steps);
    }
    return steps.done();
  }
}
