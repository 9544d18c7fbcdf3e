package org.pagetrail.qemu.board;

import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.qemu.rule.Rule;

/** Where QEMU's mappings of RAM blocks begin. */
public enum HvaAlignment {
  /** On aarch64 hosts until 2.5: wherever the last mapping ended. */
  HOST_PAGE(
      "qemu/host-memory/aligned-to-a-page",
      "RAM blocks begin at any page on aarch64 hosts, so what was mapped before them decides"
          + " whether guest and host addresses agree modulo 2 MiB.",
      "QEMU 2.1 to 2.5 on aarch64, util/oslib-posix.c") {
    @Override
    long bytes(ByteSize hostPage) {
      return hostPage.bytes();
    }
  },
  /** Everywhere else. */
  BLOCK(
      "qemu/host-memory/aligned-to-2-mib",
      "RAM blocks begin at a multiple of 2 MiB, so that huge pages can map them.",
      "QEMU 2.6 and later (ee1e0f8e5d), util/mmap-alloc.c") {
    @Override
    long bytes(ByteSize hostPage) {
      return ByteSize.BLOCK.bytes();
    }
  };

  /** glibc maps what is larger; smaller buffers come from its heap, which is mapped already. */
  private static final long HEAP_THRESHOLD_BYTES = 32L << 20;

  private static final long HEAP_HEADER_BYTES = 16;

  private final String id;
  private final String sentence;
  private final String source;

  HvaAlignment(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  abstract long bytes(ByteSize hostPage);

  /**
   * Where a block lies if the kernel maps downwards from {@code below}: QEMU maps the alignment in
   * excess and gives back what sticks out.
   */
  public Hva place(Hva below, ByteSize size, ByteSize hostPage) {
    long page = hostPage.bytes();
    long mapped = (size.bytes() + page - 1) & -page;
    long alignment = bytes(hostPage);
    long excess = alignment == page ? 0 : alignment;
    long lowest = below.value() - mapped - excess;
    return new Hva((lowest + alignment - 1) & -alignment);
  }

  /** Where the next mapping ends after a buffer was taken from the heap. */
  public static Hva afterHeapBuffer(Hva below, ByteSize size, ByteSize hostPage) {
    if (size.bytes() < HEAP_THRESHOLD_BYTES) {
      return below;
    }
    long page = hostPage.bytes();
    long mapped = (size.bytes() + HEAP_HEADER_BYTES + page - 1) & -page;
    return new Hva(below.value() - mapped);
  }
}
