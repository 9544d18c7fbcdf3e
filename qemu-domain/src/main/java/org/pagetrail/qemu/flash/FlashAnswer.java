package org.pagetrail.qemu.flash;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One read of the flash outside romd mode. */
public final class FlashAnswer {
  private FlashAnswer() {}

  /**
   * What a read came to.
   *
   * @param flash the flash afterwards: an unknown command is forgotten
   * @param value as the device computes it; the guest gets the low bytes
   * @param known false if the model does not know all of the bytes; those read 0
   * @param note a step in the words of QEMU's trace, null for none
   */
  public record Outcome(NorFlash flash, long value, boolean known, @Nullable String note) {}

  /** Reads 1, 2 or 4 bytes at {@code offset} of the device. */
  public static Outcome read(FlashRules rules, NorFlash flash, long offset, int width) {
    return switch (flash.command()) {
      case 0x00 -> array(flash, offset, width);
      case 0x10, 0x20, 0x28, 0x40, 0x50, 0x60, 0x70, 0xe8 -> status(flash, width);
      case 0x90 -> identity(flash, offset);
      case 0x98 -> new Outcome(flash, query(rules, flash, offset), true, null);
      default -> array(flash.forgetCommand(), offset, width);
    };
  }

  /** Reads the storage, as every read does that is not secure where only secure ones count. */
  public static Outcome array(NorFlash flash, long offset, int width) {
    long value = flash.content().word(offset, width);
    String note =
        String.format(Locale.ROOT, "data offset:0x%04x size:%d value:0x%04x", offset, width, value);
    return new Outcome(flash, value, flash.content().isKnown(offset, width), note);
  }

  private static Outcome status(NorFlash flash, int width) {
    int lane = flash.geometry().deviceWidth();
    long value = flash.status();
    if (lane == 0 && width > 2) {
      value |= (long) flash.status() << 16;
    }
    for (int at = lane; lane > 0 && at + lane <= width; at += lane) {
      value |= (long) flash.status() << (8 * at);
    }
    return new Outcome(flash, value, true, "status:0x" + Long.toHexString(value));
  }

  private static Outcome identity(NorFlash flash, long offset) {
    FlashGeometry geometry = flash.geometry();
    boolean stated = geometry.deviceWidth() != 0;
    long index =
        stated ? (offset >> geometry.bankShift()) & 0xff : (offset & 0xff) >> geometry.bankShift();
    if (index == 0) {
      int id =
          stated ? geometry.manufacturerId() : geometry.manufacturerId() << 8 | geometry.deviceId();
      return identity(flash, "read manufacturer ID: 0x%04x", id, id);
    }
    if (index == 1) {
      int id = stated ? geometry.deviceId() : 0;
      return identity(flash, "read device ID: 0x%04x", id, id);
    }
    return identity(flash, "read device information offset:0x%04x", stated ? offset : index, 0);
  }

  private static Outcome identity(NorFlash flash, String note, long noted, int id) {
    int answer = flash.geometry().deviceWidth() == 0 ? id : flash.geometry().replicated(id);
    String text = String.format(Locale.ROOT, note, noted);
    return new Outcome(flash, Integer.toUnsignedLong(answer), true, text);
  }

  private static long query(FlashRules rules, NorFlash flash, long offset) {
    FlashGeometry geometry = flash.geometry();
    if (geometry.deviceWidth() == 0) {
      return CfiTable.at((offset & 0xff) >> geometry.bankShift(), geometry, rules.chips());
    }
    int one = CfiTable.at(offset >> geometry.bankShift(), geometry, rules.chips());
    return Integer.toUnsignedLong(geometry.replicated(one));
  }
}
