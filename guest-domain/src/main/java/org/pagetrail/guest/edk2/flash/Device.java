package org.pagetrail.guest.edk2.flash;

import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Store;

/**
 * A flash with the driver that drives it.
 *
 * @param driver the variant
 * @param region where the flash is
 */
public record Device(NorFlashDriver driver, FlashRegion region) {
  /** Bytes of the device's buffer, 32 words. */
  static final int BUFFER_BYTES = 128;

  static final int WORD_BYTES = 4;

  static final int READ_ARRAY = 0xff;
  static final int READ_STATUS = 0x70;
  static final int CLEAR_STATUS = 0x50;
  static final int READ_ID = 0x90;
  static final int ERASE_SET_UP = 0x20;
  static final int LOCK_SET_UP = 0x60;
  static final int CONFIRM = 0xd0;
  static final int BUFFERED_PROGRAM_SET_UP = 0xe8;
  static final int WORD_PROGRAM_SET_UP = 0x40;

  /** Bit 7 of both chips. */
  static final long READY = both(0x80);

  static final long ERASE_ERROR = both(0x20);
  static final long PROGRAM_ERROR = both(0x10);
  static final long VOLTAGE_ERROR = both(0x08);
  static final long LOCKED_ERROR = both(0x02);

  /** A 16-bit command or status in both halves of a word. */
  static long both(long half) {
    return (half << 16) | half;
  }

  /** A command at an offset. */
  Store<FirmwareMemory> command(int offset, int command, Citation rule) {
    return word(offset, both(command), rule);
  }

  /** A word as it is. */
  Store<FirmwareMemory> word(int offset, long value, Citation rule) {
    return new Store<>(region.at(offset), WORD_BYTES, value, rule);
  }

  /** The return to array mode, at the base. */
  Store<FirmwareMemory> arrayMode(DriverRule rule) {
    return command(0, READ_ARRAY, driver.cite(rule));
  }
}
