package org.pagetrail.qemu.board;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.qemu.board.BoardStep.Change;
import org.pagetrail.qemu.board.BoardStep.NewAddressSpace;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;

/** Collects the steps of a board. */
final class Steps {
  /** The root region of guest memory. */
  static final String SYSTEM = "system";

  /** The address space of guest memory. */
  static final String MEMORY = "memory";

  private static final long WHOLE_SPACE = -1;
  private static final long PORTS = 0x10000;

  private final List<BoardStep> steps = new ArrayList<>();

  List<BoardStep> done() {
    return List.copyOf(steps);
  }

  void add(BoardStep step) {
    steps.add(step);
  }

  void change(RegionOp... ops) {
    steps.add(Change.of(ops));
  }

  /** Guest memory and ports, which every machine has first. */
  void addressSpaces() {
    change(Create.of(SYSTEM, RegionType.CONTAINER, WHOLE_SPACE));
    add(new NewAddressSpace(MEMORY, SYSTEM, 0));
    change(Create.of("io", RegionType.IO, PORTS));
    add(new NewAddressSpace("I/O", "io", -1));
  }

  /** The address spaces of the vCPUs, which show guest memory. */
  void cpus(int count) {
    for (int cpu = 0; cpu < count; cpu++) {
      add(new NewAddressSpace("cpu-memory-" + cpu, SYSTEM, -1));
    }
  }

  /** A device with one region in guest memory, mapped by itself. */
  void device(String region, long address, long size) {
    device(region, region, address, size);
  }

  /** The same with a name that others may share. */
  void device(String region, String name, long address, long size) {
    change(new Create(region, name, RegionType.IO, size, null, 0, null));
    change(new Add(region, SYSTEM, address));
  }
}
