package org.pagetrail.qemu.region;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent.RegionType;

/**
 * A memory region with its place in the tree.
 *
 * @param id identity in the tree
 * @param name as the monitor prints it
 * @param kind what it is made of
 * @param size bytes, 0 to 2<sup>64</sup>
 * @param target the region an alias shows, else null
 * @param offset where in its target an alias begins, unsigned bytes
 * @param place where it lies, null in no container
 * @param marks a bit for every {@link Mark} that is set
 * @param children ids of what lies in it, in rendering order: the first one wins
 */
public record Region(
    String id,
    String name,
    RegionType kind,
    Wide size,
    @Nullable String target,
    long offset,
    @Nullable Place place,
    int marks,
    List<String> children) {

  /** Something that is true of a region or not. */
  public enum Mark {
    /** Visible, together with what it contains. */
    ENABLED(1 << 0),
    /** The region's own mark; aliases and containers add theirs while rendering. */
    READ_ONLY(1 << 1),
    /** True of every region that never left it; only ROM devices mean it. */
    ROMD(1 << 2),
    /** Its contents outlive the machine. */
    NONVOLATILE(1 << 3),
    /** Its ranges are never joined. */
    UNMERGEABLE(1 << 4),
    /** A display logs writes. */
    DIRTY_LOG(1 << 5);

    private final int bit;

    Mark(int bit) {
      this.bit = bit;
    }
  }

  /**
   * Where a region lies.
   *
   * @param address bytes from the start of the container, unsigned
   * @param priority wins over siblings of lower priority
   */
  public record Place(String container, long address, int priority) {}

  /** Copies the list. */
  public Region {
    children = List.copyOf(children);
  }

  /** A fresh region: enabled, in romd mode, in no container. */
  public static Region fresh(
      String id, String name, RegionType kind, Wide size, @Nullable String target, long offset) {
    int marks = Mark.ENABLED.bit | Mark.ROMD.bit;
    return new Region(id, name, kind, size, target, offset, null, marks, List.of());
  }

  /** True if the mark is set. */
  public boolean is(Mark mark) {
    return (marks & mark.bit) != 0;
  }

  /** True if the region shows something of its own where nothing lies over it. */
  public boolean terminates() {
    return kind != RegionType.CONTAINER && kind != RegionType.ALIAS;
  }

  /** QEMU's {@code ram} flag: false for ROM devices. */
  public boolean isRam() {
    return kind == RegionType.RAM || kind == RegionType.RAM_DEVICE;
  }

  /** A ROM device in romd mode. */
  public boolean isRomd() {
    return kind == RegionType.ROM_DEVICE && is(Mark.ROMD);
  }

  /** True if reads are served from host memory, without the device. */
  public boolean readsMemory() {
    return kind == RegionType.RAM || isRomd();
  }

  /** True if writes are served by host memory, without the device. */
  public boolean writesMemory() {
    return kind == RegionType.RAM && !is(Mark.READ_ONLY);
  }

  /** Bytes from the start of the container, 0 in none. */
  public Wide address() {
    return place == null ? Wide.ZERO : Wide.ofUnsigned(place.address());
  }

  Region at(@Nullable Place newPlace) {
    return new Region(id, name, kind, size, target, offset, newPlace, marks, children);
  }

  Region with(Mark mark, boolean set) {
    int changed = set ? marks | mark.bit : marks & ~mark.bit;
    return new Region(id, name, kind, size, target, offset, place, changed, children);
  }

  Region withSize(Wide newSize) {
    return new Region(id, name, kind, newSize, target, offset, place, marks, children);
  }

  Region withOffset(long newOffset) {
    return new Region(id, name, kind, size, target, newOffset, place, marks, children);
  }

  Region withChildren(List<String> newChildren) {
    return new Region(id, name, kind, size, target, offset, place, marks, newChildren);
  }
}
