package org.pagetrail.qemu.slot;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.qemu.region.Wide;
import org.pagetrail.qemu.rule.Rule;

/** How a section is cut down to whole pages. */
public enum SlotAlignment {
  /** Misses sections whose size is not a multiple of the page, and may skip too much. */
  BY_SIZE(
      "qemu/slot/align-by-size",
      "The start moves by what the size lacks to a page of the target; nothing is mapped unless"
          + " it then is page aligned.",
      "QEMU 2.1, kvm-all.c") {
    @Override
    @Nullable Aligned align(Wide start, Wide size, ByteSize hostPage) {
      long page = PageSize.BASE_BYTES;
      long delta = -size.low() & (page - 1);
      if (size.compareTo(Wide.ofUnsigned(delta)) < 0) {
        return null;
      }
      long gpa = start.low() + delta;
      long bytes = (size.low() - delta) & -page;
      return bytes == 0 || (gpa & (page - 1)) != 0 ? null : new Aligned(gpa, delta, bytes);
    }
  },
  /** The same as {@link #TO_HOST_PAGE} with pages of 4 KiB on every host. */
  TO_TARGET_PAGE(
      "qemu/slot/align-to-target-page",
      "The start is rounded up and the end down to a page of the target.",
      "QEMU 2.2 to 2.4, kvm-all.c") {
    @Override
    @Nullable Aligned align(Wide start, Wide size, ByteSize hostPage) {
      return inside(start, size, PageSize.BASE_BYTES);
    }
  },
  /** What is meant. */
  TO_HOST_PAGE(
      "qemu/slot/align-to-host-page",
      "The start is rounded up and the end down to a page of the host.",
      "QEMU 2.5 and later, kvm-all.c") {
    @Override
    @Nullable Aligned align(Wide start, Wide size, ByteSize hostPage) {
      return inside(start, size, hostPage.bytes());
    }
  };

  private final String id;
  private final String sentence;
  private final String source;

  SlotAlignment(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /**
   * A section cut down to whole pages.
   *
   * @param delta how far the start moved, bytes
   */
  record Aligned(long gpa, long delta, long bytes) {
    Gpa start() {
      return new Gpa(gpa);
    }
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  /** The whole pages of a section, null if there are none. */
  abstract @Nullable Aligned align(Wide start, Wide size, ByteSize hostPage);

  private static @Nullable Aligned inside(Wide start, Wide size, long page) {
    long gpa = (start.low() + page - 1) & -page;
    long delta = gpa - start.low();
    Wide rest = size.minus(Wide.ofUnsigned(delta));
    if (rest.isNegative()) {
      return null;
    }
    long bytes = rest.low() & -page;
    return bytes == 0 ? null : new Aligned(gpa, delta, bytes);
  }
}
