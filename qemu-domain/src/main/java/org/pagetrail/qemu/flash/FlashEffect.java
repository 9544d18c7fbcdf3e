package org.pagetrail.qemu.flash;

/** Something that a write to the flash does, in the order it happens. */
public sealed interface FlashEffect {
  /** Into romd mode or out of it; says so even where nothing changes. */
  record Romd(boolean on) implements FlashEffect {}

  /** Back in array mode; a {@link Romd} follows. */
  record ArrayMode() implements FlashEffect {}

  /** A step, in the words of QEMU's trace. */
  record Note(String text) implements FlashEffect {}

  /** A block was erased, or its erasure refused if {@code done} is false. */
  record Erase(long offset, long size, boolean done) implements FlashEffect {}

  /** A word reached the storage or the write buffer. */
  record Program(long offset, int width, long value, boolean buffered) implements FlashEffect {}

  /** The write buffer reached the storage. */
  record Store(long offset, long size) implements FlashEffect {}

  /** QEMU exits. */
  record Exit(String reason) implements FlashEffect {}
}
