package org.pagetrail.qemu;

import java.util.List;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.region.RegionOp;

/** What can be asked of the virtual machine monitor. */
public sealed interface QemuCommand {

  /** Builds a machine and resets it for the first time. */
  record PowerOn(BoardSpec spec) implements QemuCommand {}

  /**
   * Serves a guest's read that KVM handed on.
   *
   * @param width bytes, 1 to 8
   */
  record DispatchRead(int vcpu, Gpa gpa, int width) implements QemuCommand {}

  /**
   * Serves a guest's write that KVM handed on.
   *
   * @param width bytes, 1 to 8
   * @param value low {@code width} bytes count
   */
  record DispatchWrite(int vcpu, Gpa gpa, int width, long value) implements QemuCommand {}

  /**
   * Serves a guest's read of an x86 port.
   *
   * @param port 0 to 65535
   * @param width bytes, 1, 2 or 4
   */
  record DispatchPortRead(int vcpu, int port, int width) implements QemuCommand {}

  /**
   * Serves a guest's write to an x86 port.
   *
   * @param port 0 to 65535
   * @param width bytes, 1, 2 or 4
   * @param value low {@code width} bytes count
   */
  record DispatchPortWrite(int vcpu, int port, int width, long value) implements QemuCommand {}

  /** Resets the machine. */
  record ResetSystem() implements QemuCommand {}

  /** Starts or stops dirty logging of all migratable memory, as migration does. */
  record SetGlobalDirtyLogging(boolean on) implements QemuCommand {}

  /** Changes the region tree in one transaction: all of it or, if a step is impossible, nothing. */
  record RegionTransaction(List<RegionOp> ops) implements QemuCommand {
    /** Copies the list. */
    public RegionTransaction {
      ops = List.copyOf(ops);
    }
  }

  /**
   * KVM refused a memslot that QEMU believed granted.
   *
   * @param errno positive
   */
  record MemslotRefused(SlotId slot, Gpa gpa, long sizeBytes, int errno) implements QemuCommand {}
}
