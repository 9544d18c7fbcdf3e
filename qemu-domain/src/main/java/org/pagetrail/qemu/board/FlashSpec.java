package org.pagetrail.qemu.board;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;

/**
 * What stands behind a flash device.
 *
 * @param image size of the file, 0 without one or where it is not known
 * @param file its name, null without one
 */
public record FlashSpec(FlashBacking backing, ByteSize image, @Nullable String file) {
  /** No file: anonymous memory. */
  public static final FlashSpec NONE = new FlashSpec(FlashBacking.NONE, ByteSize.ZERO, null);
}
