package org.pagetrail.qemu.board;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Set;
import org.pagetrail.qemu.rule.Rule;

/** The memory of system management mode, and how it is hidden from everybody else. */
public enum Smram {
  /** An alias of PCI memory at 0xa0000, off until something asks for it. */
  HOLE_ONLY(
      "qemu/smram/hole-only",
      "An alias of PCI memory at 0xa0000 is made and hidden; KVM has no second address space.",
      "QEMU 2.1 to 2.3, hw/pci-host"),
  /** A container that the second address space shows over memory. */
  ALWAYS(
      "qemu/smram/always",
      "The regions of system management mode are made whatever the host can do; the high alias of"
          + " q35 shows for one commit while it is made.",
      "QEMU 2.4 to 9.0, hw/pci-host; observed in 7.2.22"),
  /** The same, but q35 makes it only if the machine can use it. */
  IF_USED(
      "qemu/smram/if-used",
      "q35 makes the regions of system management mode only if the machine has that mode.",
      "QEMU 9.1 and later, hw/pci-host/q35.c");

  static final String HOLE = "smram-region";
  static final String OPEN_HIGH = "smram-open-high";
  static final String CONTAINER = "smram";
  static final String LOW = "smram-low";
  static final String HIGH = "smram-high";
  static final String TSEG_HOLE = "tseg-blackhole";
  static final String TSEG = "tseg-window";
  static final String SMBASE_HOLE = "smbase-blackhole";
  static final String SMBASE = "smbase-window";

  private static final long BASE = 0xa0000;
  private static final long SIZE = 0x20000;
  private static final long HIGH_BASE = 0xfeda_0000L;
  private static final long SMBASE_BASE = 0x30000;
  private static final long SMBASE_SIZE = 0x20000;
  private static final long FOUR_GIB = 1L << 32;

  private final String id;
  private final String sentence;
  private final String source;

  Smram(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  /** The steps of the {@code pc} board. */
  List<RegionOp> ofI440fx(String ram, String pci) {
    List<RegionOp> ops = new ArrayList<>();
    hole(ops, pci);
    if (this == HOLE_ONLY) {
      ops.add(Set.enabled(HOLE, false));
      return ops;
    }
    ops.add(Create.of(CONTAINER, RegionType.CONTAINER, FOUR_GIB));
    ops.add(Create.alias(LOW, ram, BASE, SIZE));
    ops.add(new Add(LOW, CONTAINER, BASE));
    return ops;
  }

  /** The steps of q35, each a commit. */
  List<RegionOp> ofQ35(String ram, String pci, boolean used, long below4g) {
    List<RegionOp> ops = new ArrayList<>();
    if (this == IF_USED && !used) {
      return ops;
    }
    hole(ops, pci);
    if (this == HOLE_ONLY) {
      ops.add(Set.enabled(HOLE, false));
      return ops;
    }
    ops.add(Create.alias(OPEN_HIGH, ram, BASE, SIZE));
    ops.add(new Add(OPEN_HIGH, Steps.SYSTEM, HIGH_BASE, 1));
    ops.add(Set.enabled(OPEN_HIGH, false));
    ops.add(Create.of(CONTAINER, RegionType.CONTAINER, FOUR_GIB));
    ops.add(Create.alias(LOW, ram, BASE, SIZE));
    ops.add(new Add(LOW, CONTAINER, BASE));
    ops.add(Create.alias(HIGH, ram, BASE, SIZE));
    ops.add(new Add(HIGH, CONTAINER, HIGH_BASE));
    ops.add(Create.of(TSEG_HOLE, RegionType.IO, 0));
    ops.add(Set.enabled(TSEG_HOLE, false));
    ops.add(new Add(TSEG_HOLE, Steps.SYSTEM, below4g, 1));
    ops.add(Create.alias(TSEG, ram, below4g, 0));
    ops.add(Set.enabled(TSEG, false));
    ops.add(new Add(TSEG, CONTAINER, below4g));
    ops.add(Create.of(SMBASE_HOLE, RegionType.IO, SMBASE_SIZE));
    ops.add(Set.enabled(SMBASE_HOLE, false));
    ops.add(new Add(SMBASE_HOLE, Steps.SYSTEM, SMBASE_BASE, 1));
    ops.add(Create.alias(SMBASE, ram, SMBASE_BASE, SMBASE_SIZE));
    ops.add(Set.enabled(SMBASE, false));
    ops.add(new Add(SMBASE, CONTAINER, SMBASE_BASE));
    return ops;
  }

  private static void hole(List<RegionOp> ops, String pci) {
    ops.add(Create.alias(HOLE, pci, BASE, SIZE));
    ops.add(new Add(HOLE, Steps.SYSTEM, BASE, 1));
  }

  /** True if KVM gets a second address space for system management mode. */
  boolean hasAddressSpace(BoardSpec spec) {
    return this != HOLE_ONLY && spec.kvm().systemManagementMode();
  }

  /** The second address space: guest memory with SMRAM over it. */
  static void addressSpace(Steps steps) {
    String root = "mem-container-smm";
    steps.change(Create.of(root, RegionType.CONTAINER, -1));
    steps.change(Create.alias("mem-smram", Steps.SYSTEM, 0, -1));
    steps.change(new Add("mem-smram", root, 0));
    steps.change(new Add(CONTAINER, root, 0, 10));
    steps.add(new BoardStep.NewAddressSpace("KVM-SMRAM", root, 1));
  }
}
