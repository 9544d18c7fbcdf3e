package org.pagetrail.guest.step;

import java.util.List;
import org.pagetrail.guest.GuestRule;

/** When a guest that polls will never see what it waits for. */
public final class HangRules {
  /** Two equal turns: the second shows that the first left nothing behind that changes a turn. */
  static final int SAME_TURNS_IN_MEMORY = 2;

  /**
   * The flash of QEMU has no clock; its answers depend on the commands it was given and on its
   * state. A command repeated moves it through at most 2^16 data words of an open buffered program
   * and four bus cycles before its state repeats.
   */
  static final int SAME_TURNS_OF_A_FLASH = (1 << 16) + 4;

  /** The loop only sees memory that nobody but itself writes. */
  public static final GuestRule POLL_WITHOUT_PROGRESS =
      new GuestRule(
          "guest/poll-without-progress",
          "a poll loop whose turns are served by memory and read back what they themselves stored"
              + " repeats for ever",
          "by construction: the same accesses on the same memory, which nobody else writes");

  /** The loop has taken the device through every state that its command leads to. */
  public static final GuestRule POLL_OF_A_FLASH_WITHOUT_PROGRESS =
      new GuestRule(
          "guest/poll-of-a-flash-without-progress",
          "a flash that gives the same answer to the same commands for longer than its longest"
              + " command takes gives it for ever",
          "QEMU hw/block/pflash_cfi01.c, 2.2 to 10.2: no timer, 16-bit word counter");

  private HangRules() {}

  /** Both rules. */
  public static List<GuestRule> all() {
    return List.of(POLL_WITHOUT_PROGRESS, POLL_OF_A_FLASH_WITHOUT_PROGRESS);
  }
}
