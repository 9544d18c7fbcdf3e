package org.pagetrail.qemu.flash;

import java.util.List;

/**
 * The state of the command machine.
 *
 * @param cycle the write cycle, 0 to 3
 * @param command the command in force, 0 in array mode
 * @param status the status register
 * @param counter words of a buffered program still to come, less one
 * @param window offset of the write buffer, -1 while none is open
 * @param buffered what the write buffer holds, in the order it came
 */
record FlashRegisters(
    int cycle, int command, int status, long counter, long window, List<Word> buffered) {
  static final int READY = 0x80;
  static final int ERASE_ERROR = 0x20;
  static final int PROGRAM_ERROR = 0x10;
  static final long NO_WINDOW = -1;

  /** A word in the write buffer. */
  record Word(long offset, int width, long value) {}

  static FlashRegisters powerOn(int status) {
    return new FlashRegisters(0, 0, status, 0, NO_WINDOW, List.of());
  }

  FlashRegisters cycle(int next) {
    return new FlashRegisters(next, command, status, counter, window, buffered);
  }

  FlashRegisters command(int next, int byCommand) {
    return new FlashRegisters(next, byCommand, status, counter, window, buffered);
  }

  FlashRegisters raise(int bits) {
    return new FlashRegisters(cycle, command, status | bits, counter, window, buffered);
  }

  FlashRegisters clearStatus() {
    return new FlashRegisters(cycle, command, 0, counter, window, buffered);
  }

  FlashRegisters counter(long words) {
    return new FlashRegisters(cycle, command, status, words, window, buffered);
  }

  FlashRegisters window(long offset) {
    return new FlashRegisters(cycle, command, status, counter, offset, List.of());
  }

  FlashRegisters buffered(List<Word> words) {
    return new FlashRegisters(cycle, command, status, counter, window, words);
  }
}
