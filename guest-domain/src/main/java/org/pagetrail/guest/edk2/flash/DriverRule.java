package org.pagetrail.guest.edk2.flash;

/** A step of the flash driver that history may have changed; cited with the driver's release. */
public enum DriverRule {
  /** The driver reads. */
  READ("read", "the driver puts the device into array mode and then loads plainly"),
  /** Copying out of a known page. */
  COPY_PAGE(
      "copy-page",
      "a copy out of flash loads upwards, eight bytes at a time; of a page whose content is known"
          + " only the first load is done here"),
  /** May a block be written? */
  LOCK_CHECK(
      "lock-check", "before it changes a block the driver reads its lock state, bit 0 of word 2"),
  /** It may not. */
  UNLOCK("unlock", "a locked block is unlocked and the status polled"),
  /** Erasing. */
  ERASE("erase", "a block is erased by set-up and confirm at its start, and the status is polled"),
  /** Waiting. */
  POLL_STATUS(
      "poll-status",
      "the driver asks for the status and reads it until both chips are ready, without a limit"),
  /** Programming a buffer. */
  BUFFERED_PROGRAM(
      "buffered-program",
      "up to 32 words go to the device's buffer once it is available, and are confirmed"),
  /** Programming a word. */
  WORD_PROGRAM("word-program", "a word is programmed by set-up and data"),
  /** After success. */
  CLEAR_STATUS("clear-status", "the status register is cleared after a success of a program"),
  /** After a failed erase. */
  CLEAR_ERASE_ERROR("clear-erase-error", "the status register is cleared after a failed erase"),
  /** An operation failed. */
  FAILED("failed", "what the firmware does after a failed operation of its flash is not followed"),
  /** Back to normal. */
  ARRAY_MODE("array-mode", "an operation ends in array mode");

  private final String id;
  private final String sentence;

  DriverRule(String id, String sentence) {
    this.id = id;
    this.sentence = sentence;
  }

  /** The last part of the rule's identity. */
  public String id() {
    return id;
  }

  /** What the rule says. */
  public String sentence() {
    return sentence;
  }
}
