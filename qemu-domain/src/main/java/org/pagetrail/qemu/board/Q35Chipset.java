package org.pagetrail.qemu.board;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Move;
import org.pagetrail.qemu.region.RegionOp.Remove;
import org.pagetrail.qemu.region.RegionOp.Set;
import org.pagetrail.qemu.region.RegionTree;
import org.pagetrail.qemu.rule.Rule;

/** The memory controller hub of q35: PAM, SMRAM, TSEG and the window onto configuration space. */
final class Q35Chipset implements Chipset {
  private static final Rule RULE =
      new Rule(
          "qemu/chipset/q35",
          "PAM registers choose between RAM, read-only RAM and PCI; SMRAM and TSEG hide memory from"
              + " all but system management mode; PCIEXBAR places the configuration window. A reset"
              + " leaves the PAM registers as they are.",
          "QEMU 2.4 to 10.2, hw/pci-host/q35.c");

  private static final int EXT_TSEG_MBYTES = 0x50;
  private static final int PCIEXBAR = 0x60;
  private static final int PCIEXBAR_BYTES = 8;
  private static final int PAM = 0x90;
  private static final int SMBASE = 0x9c;
  private static final int SMRAM = 0x9d;
  private static final int ESMRAMC = 0x9e;

  private static final int OPEN = 1 << 6;
  private static final int CLOSED = 1 << 5;
  private static final int LOCKED = 1 << 4;
  private static final int ENABLED = 1 << 3;
  private static final int SEGMENT_A = 0x02;
  private static final int HIGH = 1 << 7;
  private static final int CACHES_OFF = 0x38;
  private static final int TSEG_SIZE = 0x06;
  private static final int TSEG_ON = 0x01;

  private static final int SMBASE_QUERY = 0xff;
  private static final int SMBASE_IN_RAM = 0x01;
  private static final int SMBASE_LOCK = 0x02;

  /** Beside the registers: which bits of SMBASE a guest may still write, inverted. */
  private static final int SMBASE_FIXED = 0x1000 + SMBASE;

  private static final int TSEG_QUERY = 0xffff;
  private static final int TSEG_DEFAULT_MBYTES = 16;
  private static final long CONFIG_BASE = 0xb000_0000L;

  @Override
  public Rule rule() {
    return RULE;
  }

  @Override
  public ChipsetRegisters reset(ChipsetRegisters registers) {
    ChipsetRegisters fresh = registers;
    for (int i = 0; i < PCIEXBAR_BYTES; i++) {
      fresh = fresh.with(PCIEXBAR + i, i < 4 ? (int) (CONFIG_BASE >> (8 * i)) & 0xff : 0);
    }
    return fresh
        .with(SMRAM, SEGMENT_A)
        .with(ESMRAMC, CACHES_OFF)
        .with(EXT_TSEG_MBYTES, TSEG_QUERY & 0xff)
        .with(EXT_TSEG_MBYTES + 1, TSEG_QUERY >> 8)
        .with(SMBASE, 0)
        .with(SMBASE_FIXED, 0);
  }

  @Override
  public ChipsetRegisters written(ChipsetRegisters registers, int offset, int width, long value) {
    ChipsetRegisters fresh = registers;
    for (int i = 0; i < width; i++) {
      int at = offset + i;
      int mask = writable(registers, at);
      int old = registers.get(at);
      int wanted = (int) (value >>> (8 * i));
      fresh = fresh.with(at, (old & ~mask) | (wanted & mask));
    }
    if ((fresh.get(SMRAM) & LOCKED) != 0) {
      fresh = fresh.with(SMRAM, fresh.get(SMRAM) & ~OPEN);
    }
    if (Chipset.overlap(offset, width, EXT_TSEG_MBYTES, 2)
        && (fresh.word(EXT_TSEG_MBYTES) & 0xffff) == TSEG_QUERY) {
      fresh = fresh.with(EXT_TSEG_MBYTES, TSEG_DEFAULT_MBYTES).with(EXT_TSEG_MBYTES + 1, 0);
    }
    return Chipset.overlap(offset, width, SMBASE, 1) ? smbase(fresh) : fresh;
  }

  private static int writable(ChipsetRegisters registers, int offset) {
    boolean locked = (registers.get(SMRAM) & LOCKED) != 0;
    return switch (offset) {
      case SMRAM -> locked ? CLOSED : OPEN | CLOSED | LOCKED | ENABLED;
      case ESMRAMC -> locked ? 0 : HIGH | TSEG_SIZE | TSEG_ON;
      case SMBASE -> 0xff & ~registers.get(SMBASE_FIXED);
      default -> 0xff;
    };
  }

  private static ChipsetRegisters smbase(ChipsetRegisters registers) {
    int value = registers.get(SMBASE);
    if (value == SMBASE_QUERY) {
      return registers.with(SMBASE, SMBASE_IN_RAM).with(SMBASE_FIXED, 0xff & ~SMBASE_LOCK);
    }
    if (registers.get(SMBASE_FIXED) == 0) {
      return registers.with(SMBASE, 0);
    }
    return (value & SMBASE_LOCK) == 0
        ? registers
        : registers.with(SMBASE, SMBASE_LOCK).with(SMBASE_FIXED, 0xff);
  }

  @Override
  public List<List<RegionOp>> afterReset(ChipsetRegisters registers, RegionTree tree) {
    return List.of(
        configurationWindow(registers, tree),
        ShadowMemory.update(registers, tree, PAM),
        smram(registers, tree),
        smbaseWindow(registers, tree));
  }

  @Override
  public List<List<RegionOp>> afterWrite(
      ChipsetRegisters registers, RegionTree tree, int offset, int width) {
    List<List<RegionOp>> transactions = new ArrayList<>();
    if (Chipset.overlap(offset, width, PAM, ShadowMemory.REGISTERS)) {
      transactions.add(ShadowMemory.update(registers, tree, PAM));
    }
    if (Chipset.overlap(offset, width, PCIEXBAR, PCIEXBAR_BYTES)) {
      transactions.add(configurationWindow(registers, tree));
    }
    if (Chipset.overlap(offset, width, SMRAM, 2)) {
      transactions.add(smram(registers, tree));
    }
    if (Chipset.overlap(offset, width, SMBASE, 1)) {
      transactions.add(smbaseWindow(registers, tree));
    }
    return transactions;
  }

  private static List<RegionOp> configurationWindow(ChipsetRegisters registers, RegionTree tree) {
    String window = "pcie-mmcfg-mmio";
    Region region = tree.find(window);
    if (region == null) {
      return List.of();
    }
    long low = registers.word(PCIEXBAR);
    int length = (int) (low >> 1) & 3;
    if (length == 3) {
      return List.of();
    }
    long size = 0x1000_0000L >> length;
    long base = ((registers.word(PCIEXBAR + 4) << 32) | low) & 0xf_ffff_ffffL & -size;
    List<RegionOp> ops = new ArrayList<>();
    if (region.place() != null) {
      ops.add(new Remove(window));
    }
    ops.add(new Set(window, RegionAttribute.SIZE, size));
    if ((low & 1) != 0) {
      ops.add(new Add(window, Steps.SYSTEM, base));
    }
    return ops;
  }

  private static List<RegionOp> smram(ChipsetRegisters registers, RegionTree tree) {
    if (tree.find(Smram.LOW) == null) {
      return List.of();
    }
    int control = registers.get(SMRAM);
    boolean high = (registers.get(ESMRAMC) & HIGH) != 0;
    boolean open = (control & OPEN) != 0;
    boolean on = (control & ENABLED) != 0;
    List<RegionOp> ops = new ArrayList<>();
    ops.add(Set.enabled(Smram.HOLE, !open || high));
    ops.add(Set.enabled(Smram.OPEN_HIGH, open && high));
    ops.add(Set.enabled(Smram.LOW, on && !high));
    ops.add(Set.enabled(Smram.HIGH, on && high));
    long size = tsegBytes(registers, on);
    long end = tree.get(PcMemory.BELOW_4G).size().low();
    ops.add(new Remove(Smram.TSEG_HOLE));
    ops.add(Set.enabled(Smram.TSEG_HOLE, size != 0));
    ops.add(new Set(Smram.TSEG_HOLE, RegionAttribute.SIZE, size));
    ops.add(new Add(Smram.TSEG_HOLE, Steps.SYSTEM, end - size, 1));
    ops.add(Set.enabled(Smram.TSEG, size != 0));
    ops.add(new Set(Smram.TSEG, RegionAttribute.SIZE, size));
    ops.add(new Move(Smram.TSEG, end - size));
    ops.add(new Set(Smram.TSEG, RegionAttribute.ALIAS_OFFSET, end - size));
    return ops;
  }

  private static long tsegBytes(ChipsetRegisters registers, boolean on) {
    int control = registers.get(ESMRAMC);
    if (!on || (control & TSEG_ON) == 0) {
      return 0;
    }
    long mebibytes =
        switch ((control & TSEG_SIZE) >> 1) {
          case 0 -> 1;
          case 1 -> 2;
          case 2 -> 8;
          default -> TSEG_DEFAULT_MBYTES;
        };
    return mebibytes << 20;
  }

  private static List<RegionOp> smbaseWindow(ChipsetRegisters registers, RegionTree tree) {
    if (tree.find(Smram.SMBASE) == null) {
      return List.of();
    }
    boolean locked = registers.get(SMBASE) == SMBASE_LOCK;
    return List.of(Set.enabled(Smram.SMBASE_HOLE, locked), Set.enabled(Smram.SMBASE, locked));
  }
}
