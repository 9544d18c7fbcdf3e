package org.pagetrail.events;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/** What the virtual machine monitor did. */
public sealed interface QemuEvent extends Event {
  @Override
  default Layer layer() {
    return Layer.QEMU;
  }

  /**
   * QEMU allocated the host memory of a RAM block.
   *
   * @param name the block's name, such as {@code virt.flash1}
   * @param filePath the file whose content fills it at start, or null for untouched memory
   */
  record RamBlockAllocated(String name, ByteSize size, Hva hva, @Nullable String filePath)
      implements QemuEvent {}

  /**
   * A flat view was rendered (trace {@code flatview_new}).
   *
   * @param view an opaque name of the view, unique among the views alive
   * @param root an opaque name of its root region
   */
  record FlatViewBuilt(String view, String root) implements QemuEvent {}

  /** A flat view was taken out of use; with {@code freed} its memory went too. */
  record FlatViewDropped(String view, String root, boolean freed) implements QemuEvent {}

  /** An address space shows these ranges from now on, in ascending order. */
  record FlatViewCommitted(String addressSpace, List<FlatRange> ranges) implements QemuEvent {
    /** Copies the list. */
    public FlatViewCommitted {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * One range of a flat view.
   *
   * @param start first guest physical address
   * @param lastByte last guest physical address, inclusive, so that the end of the space fits
   * @param region the terminal region that shows here
   * @param kind what the range is
   * @param offset where in the region the range begins, bytes
   */
  record FlatRange(Gpa start, Gpa lastByte, String region, RegionKind kind, long offset) {}

  /** What a flat range is, in the words of {@code info mtree -f}. */
  enum RegionKind {
    /** RAM. */
    RAM,
    /** Read-only RAM. */
    ROM,
    /** ROM device in romd mode: reads are memory, writes go to the device. */
    ROMD,
    /** Everything that goes to a device: I/O, or a ROM device in command mode. */
    IO,
    /** Memory of an assigned device. */
    RAM_DEVICE
  }

  /** A ROM device entered ({@code true}) or left romd mode. */
  record RomdModeChanged(String device, boolean romd) implements QemuEvent {}

  /**
   * QEMU asked KVM to set a memslot.
   *
   * @param size 0 to delete
   * @param ret what the ioctl answered: 0 or a negative errno
   */
  record MemslotRequested(SlotId slot, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva, int ret)
      implements QemuEvent {}

  /**
   * The NOR flash took a write.
   *
   * @param offset bytes from the start of the device
   * @param width bytes, 1 to 8
   * @param cycle the write cycle the device was in before (0 to 3)
   */
  record FlashWritten(String device, long offset, int width, long value, int cycle)
      implements QemuEvent {}

  /**
   * The NOR flash answered a read outside array mode.
   *
   * @param command the command byte in force
   */
  record FlashRead(String device, long offset, int width, long value, int command, int cycle)
      implements QemuEvent {}

  /** The NOR flash returned to array mode. */
  record FlashArrayMode(String device) implements QemuEvent {}

  /** The NOR flash was reset. */
  record FlashReset(String device) implements QemuEvent {}

  /** The NOR flash erased a block to all ones. */
  record FlashErased(String device, long offset, ByteSize size) implements QemuEvent {}

  /** A word reached the flash's storage or its write buffer. */
  record FlashProgrammed(String device, long offset, int width, long value, boolean buffered)
      implements QemuEvent {}

  /** A step of the flash's command machine, in the words of QEMU's own trace. */
  record FlashNoted(String device, String note) implements QemuEvent {}

  /** A device model answered a read; {@code address} as the region counts it. */
  record DeviceRead(String device, Gpa address, int width, long value) implements QemuEvent {}

  /** A device model took a write; {@code address} as the region counts it. */
  record DeviceWritten(String device, Gpa address, int width, long value) implements QemuEvent {}

  /**
   * QEMU has served an MMIO exit as a whole, which may have been several device accesses.
   *
   * @param value what was read or written, low {@code width} bytes
   */
  record MmioServed(Gpa gpa, int width, boolean write, long value) implements QemuEvent {}

  /** A command or access that QEMU refused, and why. */
  record Refused(String command, String reason) implements QemuEvent {}
}
