package org.pagetrail.qemu.board;

import org.pagetrail.qemu.rule.Rule;

/** In which order the {@code virt} board maps what becomes memslots. */
public enum VirtLayout {
  /** RAM first; the flash devices follow. */
  RAM_FIRST(
      "qemu/board/virt-maps-ram-first",
      "RAM takes slot 0, flash 0 slot 1, flash 1 slot 2.",
      "QEMU 2.2 to 4.0, hw/arm/virt.c"),
  /** Since the firmware is set up before the vCPUs. */
  FLASH_FIRST(
      "qemu/board/virt-maps-flash-first",
      "Flash 0 takes slot 0, flash 1 slot 1, RAM slot 2.",
      "QEMU 4.1 to 5.1, hw/arm/virt.c"),
  /** And a page in which the host tells each vCPU the time that it did not run. */
  FLASH_FIRST_STOLEN_TIME(
      "qemu/board/virt-maps-flash-first-and-stolen-time",
      "Flash 0 takes slot 0, flash 1 slot 1, RAM slot 2, the page of stolen time slot 3.",
      "QEMU 5.2 and later, hw/arm/virt.c; observed in 7.2.22");

  private final String id;
  private final String sentence;
  private final String source;

  VirtLayout(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }
}
