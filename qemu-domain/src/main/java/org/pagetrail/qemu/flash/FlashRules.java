package org.pagetrail.qemu.flash;

/**
 * How the flash of one release behaves where releases differ.
 *
 * @param bufferedWrite where the words of a buffered program go
 * @param abort what an answer other than the confirmation does
 * @param chips how the chips of a bank share blocks and buffers
 * @param reset what power-on and reset do
 * @param sizeCheck which files it takes
 */
public record FlashRules(
    BufferedWrite bufferedWrite,
    BufferAbort abort,
    ChipSharing chips,
    FlashReset reset,
    FlashSizeCheck sizeCheck) {}
