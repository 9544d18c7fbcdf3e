package org.pagetrail.qemu.flash;

import org.pagetrail.qemu.rule.Rule;

/** Where the words of a buffered program (command e8) go. */
public enum BufferedWrite {
  /** Variant A. */
  STRAIGHT_TO_STORAGE(
      "qemu/flash/buffered-words-go-straight-to-storage",
      "Every data word overwrites the storage at once; the confirmation changes nothing, and"
          + " an abort leaves the data.",
      "QEMU 2.1 to 8.2.0 and 7.2.0 to 7.2.8, hw/block/pflash_cfi01.c"),
  /** Variant B. */
  WINDOW_OF_THE_COUNT(
      "qemu/flash/buffer-window-of-the-count",
      "Data words go to a buffer whose window lies around the offset of the word count; words"
          + " outside are a program error. The confirmation stores the window, unless there was"
          + " an error.",
      "QEMU 9.0.0 (284a7ee2e2), also 7.2.9 and later 7.2, 8.1.5, 8.2.1"),
  /** Variant C. */
  WINDOW_OF_THE_FIRST_WORD(
      "qemu/flash/buffer-window-of-the-first-word",
      "As with the window of the count, but it lies around the offset of the first data word,"
          + " and a program of one word opens none, which is a program error.",
      "QEMU 9.0.1 and later (2563be6317)");

  private final String id;
  private final String sentence;
  private final String source;

  BufferedWrite(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }
}
