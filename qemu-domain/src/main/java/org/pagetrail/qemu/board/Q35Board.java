package org.pagetrail.qemu.board;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.rule.Rule;

/** The x86 {@code q35} board without a display. */
public final class Q35Board implements Board {
  private static final Rule RULE =
      new Rule(
          "qemu/board/q35",
          "RAM, then the flash devices from 4 GiB down, then option ROMs and the host bridge, whose"
              + " reset lets PCI memory show from 0xc0000 to 0xfffff.",
          "QEMU 2.1 to 10.2, hw/i386; order of slots observed in 7.2.22");

  private static final long SPLIT_FROM = 0xb000_0000L;
  private static final long SPLIT_AT = 0x8000_0000L;

  private final Smram smram;
  private final Chipset chipset = new Q35Chipset();

  /** A board whose memory of system management mode is that of its release. */
  public Q35Board(Smram smram) {
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
    ShadowMemory.create(ram, PcMemory.PCI).forEach(ops -> steps.add(new BoardStep.Change(ops)));
    boolean used = spec.kvm().systemManagementMode();
    for (RegionOp op : smram.ofQ35(ram, PcMemory.PCI, used, below4g)) {
      steps.change(op);
    }
    memory.devices();
    steps.change(Create.of("pcie-mmcfg-mmio", RegionType.IO, 0x1000_0000L));
    if (smram.hasAddressSpace(spec)) {
      Smram.addressSpace(steps);
    }
    return steps.done();
  }
}
