package org.pagetrail.qemu.flash;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.rule.Rule;

/** Which files QEMU takes for a flash of a given size. */
public enum FlashSizeCheck {
  /** Only one that is too short is refused. */
  LARGE_ENOUGH(
      "qemu/flash/file-large-enough",
      "A file shorter than the flash cannot be read, a longer one is taken.",
      "QEMU 2.1 to 3.1, hw/block/pflash_cfi01.c") {
    @Override
    public @Nullable String problem(String device, int unit, ByteSize needs, ByteSize has) {
      return has.compareTo(needs) < 0 ? "failed to read the initial flash content" : null;
    }
  },
  /** The sizes must agree. */
  EXACT(
      "qemu/flash/file-exact",
      "The file must have the size of the flash.",
      "QEMU 4.0 to 8.2, hw/block/block.c") {
    @Override
    public @Nullable String problem(String device, int unit, ByteSize needs, ByteSize has) {
      return has.equals(needs)
          ? null
          : "device requires "
              + needs.bytes()
              + " bytes, block backend provides "
              + has.bytes()
              + " bytes";
    }
  },
  /** The sizes must agree, and the message says which. */
  EXACT_AND_NAMED(
      "qemu/flash/file-exact-and-named",
      "The file must have the size of the flash; the message names both.",
      "QEMU 9.0 and later, hw/block/block.c") {
    @Override
    public @Nullable String problem(String device, int unit, ByteSize needs, ByteSize has) {
      return has.equals(needs)
          ? null
          : "cfi.pflash01 device '/machine/"
              + device
              + "' requires "
              + needs.bytes()
              + " bytes, pflash"
              + unit
              + " block backend provides "
              + has.bytes()
              + " bytes";
    }
  };

  private final String id;
  private final String sentence;
  private final String source;

  FlashSizeCheck(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  /** Why QEMU does not start with this file, in its own words; null if it does. */
  public abstract @Nullable String problem(String device, int unit, ByteSize needs, ByteSize has);
}
