package org.pagetrail.qemu.flash;

import org.pagetrail.qemu.rule.Rule;

/** How the chips that make up a bank share its blocks and its write buffer. */
public enum ChipSharing {
  /** Every chip has half of the blocks, undivided. */
  BLOCKS_DIVIDED(
      "qemu/flash/chips-divide-the-blocks",
      "The CFI table of a bank of several chips reports the undivided block length and the"
          + " number of blocks divided by the chips; the write buffer is that of one chip.",
      "QEMU 2.1 to 2.8, hw/block/pflash_cfi01.c") {
    @Override
    long blocksPerChip(FlashGeometry geometry) {
      return geometry.blocks() / geometry.chips();
    }

    @Override
    long blockBytesPerChip(FlashGeometry geometry) {
      return geometry.block().bytes();
    }

    @Override
    long windowBytes(FlashGeometry geometry) {
      return 1L << windowShift(geometry);
    }
  },
  /** Every chip has its half of each block. */
  BLOCK_LENGTH_DIVIDED(
      "qemu/flash/chips-divide-the-block-length",
      "The CFI table of a bank of several chips reports the block length divided by the chips"
          + " and all blocks; the write buffers of the chips add up.",
      "QEMU 2.9 and later, hw/block/pflash_cfi01.c") {
    @Override
    long blocksPerChip(FlashGeometry geometry) {
      return geometry.blocks();
    }

    @Override
    long blockBytesPerChip(FlashGeometry geometry) {
      return geometry.block().bytes() / geometry.chips();
    }

    @Override
    long windowBytes(FlashGeometry geometry) {
      return (1L << windowShift(geometry)) * geometry.chips();
    }
  };

  private final String id;
  private final String sentence;
  private final String source;

  ChipSharing(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  abstract long blocksPerChip(FlashGeometry geometry);

  abstract long blockBytesPerChip(FlashGeometry geometry);

  /** Bytes of the bank's write buffer, a power of two. */
  abstract long windowBytes(FlashGeometry geometry);

  /** log2 of the bytes that one chip's write buffer holds. */
  static int windowShift(FlashGeometry geometry) {
    return geometry.bankWidth() == 1 ? 8 : 11;
  }
}
