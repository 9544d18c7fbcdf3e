package org.pagetrail.traceimport.join;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.DeviceRead;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.PageSize;

/** An access to a device as QEMU's log states it. */
record ServedAccess(Gpa address, int width, boolean write) {

  /** The access of an event, or null if it is none. */
  static @Nullable ServedAccess of(QemuEvent event) {
    return switch (event) {
      case DeviceRead read -> new ServedAccess(read.address(), read.width(), false);
      case DeviceWritten write -> new ServedAccess(write.address(), write.width(), true);
      default -> null;
    };
  }

  /** True if the access may be a part of the exit: same direction, an address inside. */
  boolean fits(MmioExit exit) {
    return write == exit.write() && exit.covers(address);
  }

  /**
   * True if the access may be one of a region that the guest reaches through an alias, whose
   * address QEMU counts differently, but hardly within the page.
   */
  boolean fitsByOffset(MmioExit exit) {
    long mask = PageSize.BASE_BYTES - 1;
    return write == exit.write() && (address.value() & mask) == (exit.mmio.gpa().value() & mask);
  }
}
