package org.pagetrail.qemu.board;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.flash.FlashGeometry;
import org.pagetrail.qemu.region.RegionOp;

/** One thing that a board does while it is built, in order. */
public sealed interface BoardStep {

  /** Changes the region tree; the maps are rebuilt at the end if the change may show. */
  record Change(List<RegionOp> ops) implements BoardStep {
    /** Copies the list. */
    public Change {
      ops = List.copyOf(ops);
    }

    /** A change in a transaction of its own. */
    public static Change of(RegionOp... ops) {
      return new Change(List.of(ops));
    }
  }

  /**
   * An address space appears.
   *
   * @param kvmAddressSpace KVM's number for it, -1 without memslots
   */
  record NewAddressSpace(String name, String root, int kvmAddressSpace) implements BoardStep {}

  /** A flash device appears with its region, in no container yet. */
  record PlugFlash(String device, FlashGeometry geometry, FlashSpec behind, boolean secure)
      implements BoardStep {}

  /** A RAM region that a file's bytes fill once, in no container yet. */
  record FilledRam(String region, ByteSize size, @Nullable String file) implements BoardStep {}

  /** QEMU takes a buffer from the heap, which may move what it maps afterwards. */
  record HeapBuffer(ByteSize size) implements BoardStep {}

  /** A firmware image is registered to be copied into a RAM block at every reset. */
  record RegisterImage(String block, ByteSize size, String file) implements BoardStep {}

  /** The board cannot be built. */
  record Fail(String reason) implements BoardStep {}
}
