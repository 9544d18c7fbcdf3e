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

  /**
   * An address space shows these ranges from now on, in ascending order. The model says so once the
   * command that changed the ranges is done, and not where only romd modes changed: {@link
   * RomdModeChanged} turns the device's ranges from ROMD to IO and back.
   */
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

  /** What a memory region is made of. */
  enum RegionType {
    /** Holds other regions, has nothing of its own. */
    CONTAINER,
    /** Host memory that the guest reaches directly. */
    RAM,
    /** Host memory for reads while in romd mode; everything else goes to the device. */
    ROM_DEVICE,
    /** Every access goes to the device. */
    IO,
    /** Holds a place: reads 0, drops writes. */
    RESERVATION,
    /** Host memory of an assigned device. */
    RAM_DEVICE,
    /** Accesses are translated elsewhere. */
    IOMMU,
    /** Shows a window of another region. */
    ALIAS
  }

  /** A property of a memory region that can change. */
  enum RegionAttribute {
    /** 1 shows the region and what it contains, 0 hides both. */
    ENABLED,
    /** Bytes, unsigned; all ones stand for 2<sup>64</sup>. */
    SIZE,
    /** 1 for read-only. */
    READ_ONLY,
    /** 1 for nonvolatile. */
    NONVOLATILE,
    /** 1 if ranges of the region are never joined. */
    UNMERGEABLE,
    /** Where in its target an alias begins, bytes. */
    ALIAS_OFFSET,
    /** 1 while a display wants to know which of the region's pages are written. */
    DIRTY_LOG
  }

  /**
   * A memory region came into being: enabled, not read-only, in romd mode, in no container.
   *
   * @param region its identity, also that of the RAM block of a region with host memory
   * @param name as the monitor prints it; not unique
   * @param size bytes, unsigned; all ones stand for 2<sup>64</sup>
   * @param target the region that an alias shows, else null
   * @param offset where in its target an alias begins, bytes
   */
  record RegionCreated(
      String region, String name, RegionType kind, long size, @Nullable String target, long offset)
      implements QemuEvent {}

  /**
   * A memory region was put into a container.
   *
   * @param address bytes from the start of the container, unsigned
   */
  record RegionPlaced(String region, String container, long address, int priority)
      implements QemuEvent {}

  /** A memory region was taken out of its container. */
  record RegionRemoved(String region, String container) implements QemuEvent {}

  /** A memory region changed; a ROM device's mode has an event of its own. */
  record RegionAttributeSet(String region, RegionAttribute attribute, long value)
      implements QemuEvent {}

  /**
   * An address space came into being.
   *
   * @param kvmAddressSpace KVM's number for it, -1 if it has no memslots
   */
  record AddressSpaceCreated(String addressSpace, String root, int kvmAddressSpace)
      implements QemuEvent {}

  /** QEMU began to build a machine of this type; everything before its first reset follows. */
  record MachineStarted(String board) implements QemuEvent {}

  /**
   * QEMU asked KVM what memslots can do.
   *
   * @param readOnlyMemory KVM_CAP_READONLY_MEM
   * @param slots KVM_CAP_NR_MEMSLOTS
   * @param hostPage the host's page size
   */
  record KvmProbed(boolean readOnlyMemory, int slots, ByteSize hostPage) implements QemuEvent {}

  /** Dirty logging of all migratable memory started or stopped. */
  record DirtyLoggingSet(boolean on) implements QemuEvent {}

  /**
   * A NOR flash was plugged in.
   *
   * @param device its name, also that of its region
   * @param block what one erase command erases
   * @param bankWidth bytes of the whole bank
   * @param deviceWidth bytes of one chip of the bank, 0 if not stated
   */
  record FlashPlugged(
      String device,
      RunEvent.FlashBacking backing,
      ByteSize size,
      ByteSize block,
      int bankWidth,
      int deviceWidth,
      int manufacturerId,
      int deviceId,
      boolean secure)
      implements QemuEvent {}

  /** Bytes of the flash's write buffer reached its storage. */
  record FlashBufferStored(String device, long offset, ByteSize size) implements QemuEvent {}

  /**
   * QEMU copied a firmware image into host memory, as it does at every reset.
   *
   * @param block the RAM block
   * @param offset where in the block, bytes
   */
  record ImageCopied(String block, long offset, ByteSize size, String image) implements QemuEvent {}

  /** The machine was reset; the events of its devices follow. */
  record SystemReset() implements QemuEvent {}

  /** QEMU gave up and exits. */
  record MonitorExited(String reason) implements QemuEvent {}

  /** An event of QEMU's trace that no other event stands for, in QEMU's own words. */
  record QemuNoted(String event, String text) implements QemuEvent {}

  /** A command or access that QEMU refused, and why. */
  record Refused(String command, String reason) implements QemuEvent {}
}
